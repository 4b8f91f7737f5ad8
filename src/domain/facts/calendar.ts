import { type FactText, lengthOf, type Today } from './fact.ts';
import { spelledNumbers } from './number-words.ts';

const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
    'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
    'january february march april may june july august september october november december',
    'jan fev mar abr mai jun jul ago set out nov dez',
    'ene feb mar apr may jun jul aug sep oct nov dec',
  ].flatMap((names) => names.split(' ').map((name, index) => [name, index + 1] as const)),
);

/** Words of other senses: these are months only beside a day. */
const ALSO_WORDS = new Set([
  'marco',
  'march',
  'may',
  ...'jan fev mar abr mai jun jul ago set out nov dez ene feb apr aug sep oct dec'.split(' '),
]);

const NUMERIC_DATE =
  /(?<![\d/.,-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/]|[.,-]\d)/gu;
const ISO_DATE = /(?<![\d/-])(\d{4})-(\d{2})-(\d{2})(?![\d/-])/gu;
/** `15, 22 e 29 de` before the month; the window it is looked for in is bounded. */
const DAYS_BEFORE =
  /(?<![\d.,:/$])((?:\d{1,2}(?:º|°|ª|o|st|nd|rd|th)?(?:, ?| ?(?:e|y|a|ao|al|to|ate|and|-|&) ?(?:o |the )?(?:dia )?)){0,8}\d{1,2}(?:º|°|ª|o|st|nd|rd|th)?) ?(?:de |of |\/|-)?$/u;
const SPELLED_BEFORE = /(?<![a-z])(?:dia )?((?:(?:vinte|trinta) e )?[a-z]{2,9}) de $/u;
/** `dia 24`, with the month left out; `2 por dia` says how often. */
const DAY_ALONE =
  /(?<!\b(?:por|ao|bom|cada) )(?<![a-z])dias? (\d{1,2})(?![\d/]|[.,:-]\d| ?(?:h|%|x)(?![a-z]))/gu;
/** `24 e` before `25/10`, `de 24 a` before `26/10`. */
const SAME_MONTH =
  /(?:\b(?:dias|de|entre|from|del) |, ?)((?:\d{1,2}(?:, ?| (?:e|a|ao|y|al|and|to) (?:o )?(?:dia )?)){1,8})$/u;
const DAY_AFTER = /^ (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?![\d:.,]?\d|h|%| ?[ap]m\b)/u;
const YEAR_AFTER = /^(?:,? (?:de |del |do ano de |of )?|\/|-)(\d{4})(?!\d)/u;
const MONTH_WORD = /(?<![a-z])[a-z]{3,10}(?![a-z])/gu;

const DAYS_IN = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Finds dates and months, with their year where it is named. */
export function findDates(found: FactText): void {
  findNumericDates(found);
  for (const match of found.folded.matchAll(MONTH_WORD)) {
    const month = MONTHS.get(match[0]);
    if (month === undefined || found.isTaken(match.index, match.index + match[0].length)) continue;
    findMonth(found, { name: match[0], month, start: match.index });
  }
  findDaysAlone(found);
}

function findDaysAlone(found: FactText): void {
  for (const { 0: text, 1: day, index } of found.folded.matchAll(DAY_ALONE)) {
    const end = index + text.length;
    const isDay = Number(day) >= 1 && Number(day) <= 31 && !found.isTaken(index, end);
    if (isDay)
      found.add({ kind: 'date', unit: 'day', value: String(Number(day)), start: index, end });
  }
}

/** How many days from today on, by the words that name a day so. */
const RELATIVE: ReadonlyMap<string, number> = new Map([
  ['hoje', 0],
  ['today', 0],
  ['amanha', 1],
  ['tomorrow', 1],
  ['depois de amanha', 2],
]);

/** The day that `amanhã` and the like name; `undefined` for other words. */
export function relativeDate(words: string, today: Today): Today | undefined {
  const days = RELATIVE.get(words);
  return days === undefined ? undefined : dayAfter(today, days);
}

/** So many days from a day on. */
export function dayAfter(today: Today, days: number): Today {
  const date = new Date(Date.UTC(today.year, today.month - 1, today.day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0 for Sunday. */
export function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** `MM-DD`; `undefined` where the calendar has no such day. */
export function dateValue(month: number, day: number): string | undefined {
  const last = DAYS_IN[month - 1];
  if (last === undefined || day < 1 || day > last) return undefined;
  return `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function findNumericDates(found: FactText): void {
  for (const match of found.folded.matchAll(ISO_DATE)) addIsoDate(found, match);
  for (const match of found.folded.matchAll(NUMERIC_DATE)) {
    const span = { start: match.index, end: match.index + match[0].length };
    // Said for `always`.
    if (match[0] === '24/7') found.take(span.start, span.end);
    if (!isDate(match) || found.isTaken(span.start, span.end)) continue;
    const [, day, , month, year] = match;
    const date = { month: Number(month), ...yearOf(year), ...span };
    addDate(found, { ...date, day: Number(day) });
    addSameMonth(found, date);
  }
}

function addSameMonth(
  found: FactText,
  { start, ...date }: { month: number; year?: number; start: number; end: number },
): void {
  const from = Math.max(0, start - 48);
  const list = SAME_MONTH.exec(found.folded.slice(from, start));
  if (list === null) return;
  const listed = from + list.index + list[0].length - (list[1]?.length ?? 0);
  for (const { 0: day, index } of (list[1] ?? '').matchAll(/\d{1,2}/gu)) {
    addDate(found, {
      ...date,
      day: Number(day),
      start: listed + index,
      end: listed + index + day.length,
    });
  }
}

function addIsoDate(found: FactText, match: RegExpExecArray): void {
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  addDate(found, { month, day, year, start: match.index, end: match.index + match[0].length });
}

/** `19.30` is a time or an amount, `9-18` a range. */
function isDate([, , mark, , year]: RegExpMatchArray): boolean {
  return mark === '/' || year !== undefined;
}

function yearOf(digits: string | undefined): { readonly year?: number } {
  if (digits === undefined) return {};
  return { year: Number(digits.length === 2 ? `20${digits}` : digits) };
}

interface MonthWord {
  readonly name: string;
  readonly month: number;
  readonly start: number;
}

function findMonth(found: FactText, word: MonthWord): void {
  const { month, start, name } = word;
  const from = Math.max(0, start - 60);
  const before = found.folded.slice(from, start);
  const list = DAYS_BEFORE.exec(before) ?? spelledDay(before);
  let end = start + name.length;
  const after = list === null ? DAY_AFTER.exec(found.folded.slice(end, end + 16)) : null;
  end += lengthOf(after);
  const year = YEAR_AFTER.exec(found.folded.slice(end, end + 20));
  end += lengthOf(year);
  const years = year === null ? {} : yearOf(year[1]);
  const rest = { month, ...years, end };
  if (list !== null) addDays(found, { ...rest, list: list[0], start: from + list.index });
  else if (after !== null) addDate(found, { ...rest, day: Number(after[1]), start });
  else if (year !== null || isMonthAlone(found, word)) {
    found.add({ kind: 'month', value: String(month).padStart(2, '0'), ...years, start, end });
  }
}

function addDays(
  found: FactText,
  days: { list: string; month: number; year?: number; start: number; end: number },
): void {
  const { list, start, ...rest } = days;
  const spelled = /\d/u.test(list) ? undefined : dayInWords(list);
  if (spelled !== undefined) addDate(found, { ...rest, day: spelled, start });
  const numbers = [...list.matchAll(/\d{1,2}/gu)];
  for (const day of numbers) {
    addDate(found, { ...rest, day: Number(day[0]), start: start + day.index });
  }
  // `92 de junho` is no date; its number is looked at by itself.
  if (numbers.every(([day]) => dateValue(rest.month, Number(day)) !== undefined)) {
    found.take(start, days.end);
  }
}

/** `vinte e quatro de` before the month. */
function spelledDay(before: string): RegExpExecArray | null {
  const match = SPELLED_BEFORE.exec(before);
  return match === null || dayInWords(match[0]) === undefined ? null : match;
}

function dayInWords(list: string): number | undefined {
  if (list.includes('primeiro')) return 1;
  const value = spelledNumbers(list).at(-1)?.value;
  return value !== undefined && value >= 1 && value <= 31 ? value : undefined;
}

/** Folded, `março` and a man's name or a milestone are one. */
function isMonthAlone(found: FactText, { name, start }: MonthWord): boolean {
  const written = found.text.slice(start, start + 5).toLowerCase();
  return !ALSO_WORDS.has(name) || written === 'março';
}

function addDate(
  found: FactText,
  date: { month: number; day: number; year?: number; start: number; end: number },
): void {
  const { month, day, ...rest } = date;
  const value = dateValue(month, day);
  if (value !== undefined) found.add({ kind: 'date', value, ...rest });
}
