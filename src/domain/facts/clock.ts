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
/** Words that stand before a time of day, or behind or before how long something takes. */
const IS_CLOCK = /(?:\b(?:as|das|a las|las|at|from|pelas|desde|until|entre)|às) (?:[*_~]{0,2})$/u;
const IS_SPAN =
  /\b(?:dura\w{0,4}|leva|demora|tempo|carga(?: horaria)?|tem|tera|sao|com|total de|em ate|dentro de|prazo(?: de)?|apos|antecedencia|takes|lasts|has|dura|tiene|mais de|em|por)[:]?(?: (?:uns|umas|cerca de|ate|no minimo|media|de))? ?[*_~]{0,2}$/u;
const SPAN_BEHIND =
  /^ ?[*_~]{0,2}(?:de (?:aulas?|cursos?|duracao|carga|videos?|conteudo|gravac\w+|trabalho|treinamento|viagem|antecedencia|clases?)|no total|ao todo|semanais|por (?:dia|semana|mes)|of|long|de carga)\b/u;
const DAY_MINUTES = 24 * 60;
const FROM = /(?:das?|de|entre|from|desde|:|,|^|\n)[ (]$/u;

/** Finds a time of day, or hours that something takes: `40h` and `19h` are written alike. */
export function clock(found: FactText, amount: Amount): boolean {
  const match = CLOCK.exec(amount.after);
  const length = lengthOf(match);
  const rest = amount.after.slice(length);
  const half = HALF_DAY.exec(rest);
  if (half === null && !isTime(amount, match)) return false;
  if (match === null && !Number.isInteger(amount.value)) return false;
  const hours = amount.value + (isLate(half, amount.value) ? 12 : 0);
  const value = String(Math.round(hours * 60) + minutesOf(match));
  const span = { start: amount.start, end: amount.end + length + lengthOf(half) };
  const unit = isOfDay(match, half, rest) ? 'clock' : senseOf(found.folded, Number(value), span);
  found.add({ kind: 'time', ...(unit === undefined ? {} : { unit }), value, ...span });
  return true;
}

function isTime(amount: Amount, match: RegExpExecArray | null): boolean {
  return match === null ? isRange(amount) : !isIdle(amount, match);
}

/** `7 da noite`, `19:30` and `9 às 18h` are times of day by themselves. */
function isOfDay(
  match: RegExpExecArray | null,
  half: RegExpExecArray | null,
  rest: string,
): boolean {
  return half !== null || match?.[5] !== undefined || match === null || TO_CLOCK.test(rest);
}

/** Whether it is a time of day (`clock`) or how long something takes (`span`); `undefined` where the text leaves it open. */
function senseOf(
  folded: string,
  minutes: number,
  { start, end }: { readonly start: number; readonly end: number },
): 'clock' | 'span' | undefined {
  const before = folded.slice(Math.max(0, start - 32), start);
  if (minutes > DAY_MINUTES || SPAN_BEHIND.test(folded.slice(end, end + 24))) return 'span';
  if (IS_CLOCK.test(before)) return 'clock';
  return IS_SPAN.test(before) ? 'span' : undefined;
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
