import { type FactText, type Today } from './fact.ts';
import { dateValue, dayAfter, relativeDate, weekdayOf } from './calendar.ts';

const NAMES: ReadonlyMap<string, number> = new Map([
  ...['domingo', 'segunda', 'terca', 'quarta', 'quinta', 'sexta', 'sabado'].map(numbered),
  ...['domingo', 'lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado'].map(numbered),
  ...['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'].map(numbered),
]);

/** Also ordinals: a weekday only with `-feira`, in the plural, or where these words say so. */
const ORDINALS = new Set(['segunda', 'terca', 'quarta', 'quinta', 'sexta']);
const SAYS_WEEKDAY = /(?:\b(?:as|na|nas|nesta|nessa|proxima|toda|todas|ate|de|das)|,|\be|\ba) $/u;
const IS_ORDINAL =
  /^ (?!que |e |a |as |ou |ate |das |de manha|de tarde|feira|proxima|as |-|\()[a-z]/u;

const WEEKDAY =
  /(?<![a-z])(domingo|segunda|terca|quarta|quinta|sexta|sabado|lunes|martes|miercoles|jueves|viernes|(?:sun|mon|tues|wednes|thurs|fri|satur)day)(s?)(?:[- ]feiras?)?(?![a-z])/gu;
const THROUGH = /^(?:[- ]feiras?)? ?(?:a|ate|to|through|-) ?(?:a |o |as )?$/u;
const WITH_OTHERS =
  /^(?:,? (?:as|das|de) \d|:| ?(?:a|e|ate|as|-) ?(?:a |as )?(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)s?(?![a-z]))/u;
const NEXT = /^ (?:que vem|proxim[ao]|da semana que vem|que viene)/u;
const IS_NEXT = /\b(?:proxim[ao]|next|proximo) $/u;
const RELATIVE = /(?<![a-z])(?:depois de amanha|amanha|hoje|tomorrow|today)(?![a-z])/gu;

interface DayName {
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

/** Finds weekdays, a span of them as each of its days; and the days that are named from today on. */
export function findWeekdays(found: FactText, today: Today): void {
  let last: DayName | undefined;
  for (const match of found.folded.matchAll(WEEKDAY)) {
    const start = match.index;
    const name = { day: NAMES.get(match[1] ?? '') ?? 0, start, end: start + match[0].length };
    if (found.isTaken(start, name.end) || !isWeekday(found.folded, match)) continue;
    addSpan(found, last, name);
    addWeekday(found, name, today);
    last = name;
  }
  for (const match of found.folded.matchAll(RELATIVE)) {
    const span = { start: match.index, end: match.index + match[0].length };
    addRelative(found, relativeDate(match[0], today), span);
  }
}

/** `segunda a sexta` names the days between as well. */
function addSpan(found: FactText, from: DayName | undefined, to: DayName): void {
  if (from === undefined || to.start - from.end >= 12) return;
  if (!THROUGH.test(found.folded.slice(from.end, to.start))) return;
  for (let day = (from.day + 1) % 7; day !== to.day && day !== from.day; day = (day + 1) % 7) {
    found.add({ kind: 'weekday', value: String(day), start: to.start, end: to.end });
  }
}

function addRelative(
  found: FactText,
  date: Today | undefined,
  span: { readonly start: number; readonly end: number },
): void {
  const value = date && dateValue(date.month, date.day);
  if (date === undefined || value === undefined) return;
  found.add({ kind: 'date', value, unit: 'relative', year: date.year, ...span });
}

function addWeekday(found: FactText, { day, start, end }: DayName, today: Today): void {
  const after = NEXT.exec(found.folded.slice(end, end + 24));
  const isNext = after !== null || IS_NEXT.test(found.folded.slice(Math.max(0, start - 9), start));
  found.add({ kind: 'weekday', value: String(day), start, end });
  if (!isNext) return;
  const ahead = (day - weekdayOf(today.year, today.month, today.day) + 7) % 7 || 7;
  addRelative(found, dayAfter(today, ahead), { start, end });
}

function isWeekday(folded: string, match: RegExpExecArray | RegExpMatchArray): boolean {
  const [whole, name = '', plural] = match;
  const start = match.index ?? 0;
  if (!ORDINALS.has(name) || plural !== '' || whole.includes('feira')) return true;
  const end = start + whole.length;
  if (IS_ORDINAL.test(folded.slice(end, end + 14))) return false;
  return (
    SAYS_WEEKDAY.test(folded.slice(Math.max(0, start - 9), start)) ||
    [NEXT, WITH_OTHERS].some((pattern) => pattern.test(folded.slice(end, end + 24)))
  );
}

function numbered(name: string, index: number): readonly [string, number] {
  return [name, index];
}
