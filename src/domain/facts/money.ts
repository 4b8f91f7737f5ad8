import { type Amount } from './amount.ts';
import { type Fact, type FactText } from './fact.ts';

const BEFORE = /(?:(r\$:?|(?<![a-z])(?:brl|rs))|(us\$|u\$s|usd|\$)|(€|eur))[ *_~]{0,4}$/u;
const AFTER =
  /^[ *_~]{0,3}(?:(reais|real|reales|brl|conto|contos|pila|pilas|pratas)|(dolares|dolar|dollars?|usd|bucks)|(euros?|€))(?![a-z])/u;
const CENTS = /^ ?(?:centavos?|cents?|centimos?)(?![a-z])/u;
const AND = /^ (?:e|y|and|con|com) $/u;
/** What stands between how many instalments there are and how much each is. */
const OF_EACH =
  /^[ *_~]{0,3}(?:(?:iguais|mensais|fixas|sem juros|s\/ ?juros|sin interes)[ ,]{1,2}){0,2}(?:(?:de|of|a|por|no valor de) )?[ *_~(]{0,3}$/u;

/** Finds an amount of money, and the instalments it is one of. */
export function money(found: FactText, amount: Amount): boolean {
  const left = BEFORE.exec(amount.before);
  const right = left === null ? AFTER.exec(amount.after) : null;
  const match = left ?? right;
  if (match === null) return addCents(found, amount);
  const span = {
    start: amount.start - (left?.[0].length ?? 0),
    end: amount.end + (right?.[0].length ?? 0),
  };
  const value = Math.round(amount.value * 100);
  found.add({ kind: 'money', value: `${currencyOf(match)}:${value}`, ...span });
  addInstalment(found, value, span);
  return true;
}

function currencyOf([, real, dollar]: RegExpExecArray): string {
  if (real !== undefined) return 'BRL';
  return dollar === undefined ? 'EUR' : 'USD';
}

/** Where the amount is paid several times, the instalment is a fact as well. */
export function addInstalment(
  found: FactText,
  cents: number,
  span: { readonly start: number; readonly end: number },
): void {
  const times = timesBefore(found, span.start);
  if (times === undefined) return;
  const text = found.text.slice(span.start, span.end);
  found.facts.push({ kind: 'instalment', value: `${times}x${cents}`, text, ...span });
}

/** Of how many instalments the amount at a place is one, if it is. */
export function timesBefore({ facts, folded }: FactText, start: number): string | undefined {
  // The amount itself may be found already.
  const count = facts.slice(-2).findLast(({ kind }) => kind !== 'money');
  if (count?.unit !== 'x' || count.end > start || start - count.end > 40) return undefined;
  return OF_EACH.test(folded.slice(count.end, start)) ? count.value : undefined;
}

/** `quarenta e nove reais e noventa centavos` is one amount. */
function addCents(found: FactText, { value, start, end, after }: Amount): boolean {
  const match = CENTS.exec(after);
  if (match === null) return false;
  const span = { start, end: end + match[0].length };
  const last = found.facts.findLast(({ kind }) => kind !== 'instalment');
  if (last !== undefined && isWholeOf(found, last, start)) {
    const [currency = '', whole = '0'] = last.value.split(':');
    const sum = Number(whole) + value;
    found.facts.splice(found.facts.lastIndexOf(last));
    found.add({ kind: 'money', value: `${currency}:${sum}`, start: last.start, end: span.end });
    addInstalment(found, sum, { start: last.start, end: span.end });
  } else found.add({ kind: 'money', value: `BRL:${value}`, ...span });
  return true;
}

function isWholeOf({ folded }: FactText, last: Fact, start: number): boolean {
  const isNear = last.kind === 'money' && start - last.end < 8;
  return isNear && AND.test(folded.slice(last.end, start));
}
