import { type Amount } from './amount.ts';
import { type FactText, lengthOf } from './fact.ts';

const CLOCK =
  /^(?: ?h ?(\d{2})(?!\d)(?:min)?| ?(?:hs?|hrs?|horas?|hours?)(?![a-z])(?: ?(?:(?:e |y |and )?(\d{1,2}) ?(?:min(?:utos?|utes?)?)(?![a-z])|(?:e|y) (meia|media)(?![a-z])|and a (half)(?![a-z])))?|:(\d{2})(?::\d{2})?(?: ?h(?:s|oras)?(?![a-z]))?)/u;
const HALF_DAY =
  /^ ?(?:(?:da|de la) (manha|madrugada|manana|noite|tarde|noche|tarde)|([ap])\.?m(?![a-z])|in the (morning|evening|afternoon))/u;
const MORNING = new Set(['manha', 'madrugada', 'manana', 'a', 'morning']);
/** `9 às 18h`: the first of the two is a time as well. */
const TO_CLOCK = /^ ?(?:h )?(?:as|a|ate|e|-|to|y) ?(?:as |a )?\d{1,2} ?(?:h|:\d|[ap]m)/u;
/** What takes so long is told, `espere uma hora` is not. */
const TAKES = /(?:\b(?:dura|duracao|leva|demora|tempo)\b[^\n.!?]{0,24}|[:|] ?)$/u;
const FROM = /(?:das?|de|entre|from|desde|:|,|^|\n)[ (]$/u;

/** Finds a time of day, or hours that something takes: `40h` and `19h` are written alike. */
export function clock(found: FactText, amount: Amount): boolean {
  const match = CLOCK.exec(amount.after);
  const length = lengthOf(match);
  const half = HALF_DAY.exec(amount.after.slice(length));
  if (half === null && (isIdle(amount, match) || (match === null && !isRange(amount))))
    return false;
  if (match === null && !Number.isInteger(amount.value)) return false;
  const hours = amount.value + (isLate(half, amount.value) ? 12 : 0);
  const value = String(Math.round(hours * 60) + minutesOf(match));
  const end = amount.end + length + lengthOf(half);
  found.add({ kind: 'time', value, start: amount.start, end });
  return true;
}

function minutesOf(match: RegExpExecArray | null): number {
  const written = match?.slice(1).find((minutes: string | undefined) => minutes !== undefined);
  return Number(written === undefined || /\d/u.test(written) ? (written ?? 0) : 30);
}

function isRange({ value, before, after, isSpelled }: Amount): boolean {
  return !isSpelled && value <= 24 && TO_CLOCK.test(after) && FROM.test(before.slice(-6));
}

/** `uma hora` is said without meaning sixty minutes; `uma hora e meia` is not. */
function isIdle({ value, isSpelled, before }: Amount, match: RegExpExecArray | null): boolean {
  return isSpelled && value === 1 && minutesOf(match) === 0 && !TAKES.test(before);
}

function isLate(half: RegExpExecArray | null, hour: number): boolean {
  if (half === null || hour >= 12) return false;
  return !MORNING.has(half[1] ?? half[2] ?? half[3] ?? '');
}
