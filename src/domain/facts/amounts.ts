import { type Amount } from './amount.ts';
import { clock } from './clock.ts';
import { type FactText } from './fact.ts';
import { bareMoney } from './bare-money.ts';
import { money } from './money.ts';
import { spelledNumbers } from './number-words.ts';
import { unitAfter } from './units.ts';

const NUMBER = /(?:(?<![a-z\d])|(?<=\d ?x))(?:\d{1,3}(?: \d{3})+(?![\d,.]?\d)|\d+(?:[.,]\d+)*)/gu;
const PERCENT = /^[ *_~]{0,3}(?:%|por cento|porcento|percent|per cent|por ciento|pct)(?![a-z])/u;
const TIMES =
  /^[ *_~]{0,2}(?:x|×|vezes|parcelas|parcelinhas|veces|prestacoes|cuotas|installments|pagos|payments)(?![a-z])/u;
const SCALE =
  /^(?: (?=[^k])| ?(?=k))(k|mil|thousand|milhao|milhoes|million|millones|bilhao|bilhoes|billion)(?![a-z\d])/u;
const LIST_NUMBER = /(?:^|\n)[ *_~>•-]{0,6}$/u;
const AS_LIST = /^(?:[.)ºª°]|\s?-)\s/u;
const SCALES: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['mil', 1e3],
  ['thousand', 1e3],
  ['milhao', 1e6],
  ['milhoes', 1e6],
  ['million', 1e6],
  ['millones', 1e6],
  ['bilhao', 1e9],
  ['bilhoes', 1e9],
  ['billion', 1e9],
]);

/** Finds amounts of money, instalments, percentages, times, durations, quantities and other numbers. */
export function findAmounts(found: FactText): void {
  const { folded } = found;
  const digits = [...found.untaken().matchAll(NUMBER)].flatMap((match) => {
    const [raw] = match;
    const end = match.index + raw.length;
    return found.isTaken(match.index, end)
      ? []
      : [{ value: numberOf(raw), isSpelled: false, start: match.index, end }];
  });
  const spelled = spelledNumbers(folded)
    .filter(({ start, end }) => !found.isTaken(start, end))
    .map(({ value, start, end }) => ({ value, isSpelled: true, start, end }));
  for (const number of [...digits, ...spelled].sort((one, other) => one.start - other.start)) {
    if (found.isTaken(number.start, number.end)) continue;
    addAmount(found, withContext(folded, number));
  }
}

/** A number as people write it: `1.997,00`, `1,997.00`, `1 997`, `41,42`. */
function numberOf(raw: string): number {
  const text = raw.replace(/ /gu, '');
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (last === -1) return Number(text);
  const fraction = text.slice(last + 1);
  const mark = text.charAt(last);
  const whole = text.slice(0, last);
  const isGroup = fraction.length === 3 && !whole.startsWith('0') && isGrouped(whole, mark);
  const digits = whole.replace(/[.,]/gu, '');
  return Number(isGroup ? `${digits}${fraction}` : `${digits}.${fraction}`);
}

function isGrouped(whole: string, mark: string): boolean {
  return !whole.includes(mark === '.' ? ',' : '.') && (whole.split(mark)[0]?.length ?? 9) <= 3;
}

function withContext(
  folded: string,
  { value, isSpelled, start, end }: Omit<Amount, 'before' | 'after'>,
): Amount {
  const scale = isSpelled ? null : SCALE.exec(folded.slice(end, end + 11));
  const scaledEnd = end + (scale?.[0].length ?? 0);
  return {
    value: Math.round(value * (SCALES.get(scale?.[1] ?? '') ?? 1) * 1e6) / 1e6,
    isSpelled,
    start,
    end: scaledEnd,
    before: folded.slice(Math.max(0, start - 64), start),
    after: folded.slice(scaledEnd, scaledEnd + 32),
  };
}

function addAmount(found: FactText, amount: Amount): void {
  const isFound = [money, percent, instalments, clock, bareMoney].some((find) =>
    find(found, amount),
  );
  if (!isFound) quantity(found, amount);
}

function percent(found: FactText, { after, start, end, value }: Amount): boolean {
  const match = PERCENT.exec(after);
  if (match === null) return false;
  found.add({ kind: 'percent', value: String(value), start, end: end + match[0].length });
  return true;
}

function instalments(found: FactText, { after, start, end, value }: Amount): boolean {
  const match = TIMES.exec(after);
  if (match === null || value < 2 || value > 400) return false;
  found.add({
    kind: 'quantity',
    unit: 'x',
    value: String(value),
    start,
    end: end + match[0].length,
  });
  return true;
}

function quantity(found: FactText, amount: Amount): void {
  const { after, start, end, value } = amount;
  const unit = unitAfter(after);
  if (unit === undefined) {
    if (isTelling(amount)) found.add({ kind: 'number', value: String(value), start, end });
  } else if (!isIdle(amount, unit.name)) {
    found.add({
      kind: 'quantity',
      unit: unit.name,
      value: String(value * unit.factor),
      start,
      end: end + unit.length,
    });
  }
}

/** Small numbers count and order things; larger ones are told. `Mil` and `cem` are said for `many`. */
function isTelling({ value, isSpelled, before, after }: Amount): boolean {
  if (isSpelled) return value >= 20 && value !== 100 && value !== 1_000;
  if (value <= 10 && Number.isInteger(value)) return false;
  return value >= 100 || !LIST_NUMBER.test(before) || !AS_LIST.test(after);
}

/** `um dia`, `1 minuto`, `2 segundos`: said without meaning a number. */
function isIdle({ value, isSpelled }: Amount, unit: string): boolean {
  if (isSpelled && value === 1) return unit !== 'mes';
  return value <= 5 && (unit === 'min' || unit === 's');
}
