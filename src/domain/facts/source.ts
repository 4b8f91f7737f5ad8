import { type Passage } from '../knowledge/passage.ts';
import { type Fact, type FactKind, type Today } from './fact.ts';
import { findFacts, type ExaminedText } from './find-facts.ts';

/** Who vouches for a fact. A customer vouches for nothing that the shop could be held to. */
type SourceKind = 'knowledge' | 'persona' | 'agent' | 'person' | 'customer' | 'clock';

/** Something that the model was shown. */
export interface Source {
  /** A passage's id; otherwise the kind. */
  readonly id: string;
  readonly kind: SourceKind;
  readonly text: string;
  /** What a passage is about. */
  readonly title?: string;
  readonly section?: string;
}

/** A source with its facts. */
export interface ExaminedSource extends ExaminedText {
  readonly source: Source;
}

/** A passage as a source; its headings say things too. */
export function passageSource({ id, title, section, text }: Passage): Source {
  return { id, kind: 'knowledge', title, section, text: `${title}\n${section}\n${text}` };
}

/** The source with its facts. */
export function examine(source: Source, today: Today): ExaminedSource {
  return { source, ...findFacts(source.text, today) };
}

/** The keys under which a fact of a reply looks for support, each enough by itself. */
export function keysOf(fact: Fact): readonly string[] {
  return WANTED[fact.kind]?.(fact) ?? [`${fact.kind}:${fact.value}`];
}

const WANTED: Readonly<Partial<Record<FactKind, (fact: Fact) => readonly string[]>>> = {
  digits: ({ value }) => [`digits:${value.slice(-8)}`],
  // What looks like a price may be a number of another sort, in the source too.
  money: ({ value, unit }) =>
    unit === 'bare'
      ? [`money:${value}`, `unitless:${Number(value.slice(4)) / 100}`]
      : [`money:${value}`],
  date: ({ value, unit }) =>
    unit === 'day' ? [`day:${value}`, `unitless:${value}`] : [`date:${value}`],
  time: ({ value, unit = '' }) => SENSES[unit]?.map((sense) => `${sense}:${value}`) ?? [],
  // Where the source names no unit, or one that is unknown here, the number decides.
  quantity: ({ value, unit = '' }) =>
    unit === 'x' ? [`x:${value}`] : [`${unit}:${value}`, `unitless:${value}`],
};

/** The keys under which a fact of a source gives support. */
export function supportOf(fact: Fact): readonly string[] {
  return [...(SUPPORT[fact.kind]?.(fact) ?? [`${fact.kind}:${fact.value}`]), ...yearKeys(fact)];
}

/** Of which senses a source's `19h` may be, for a reply's: the one that both name, or one that is left open. */
const SENSES: Readonly<Record<string, readonly string[]>> = {
  '': ['time', 'clock', 'span'],
  clock: ['time', 'clock'],
  span: ['time', 'span'],
};

const SUPPORT: Readonly<Partial<Record<FactKind, (fact: Fact) => readonly string[]>>> = {
  // Minutes that something takes are written as hours too.
  quantity: ({ value, unit = '' }) => [
    `${unit}:${value}`,
    `number:${value}`,
    ...(unit === 'min' ? [`span:${value}`] : []),
  ],
  number: ({ value }) => [`number:${value}`, `unitless:${value}`],
  money: ({ value }) => [`money:${value}`, `number:${Number(value.slice(4)) / 100}`],
  date: ({ value, unit }) =>
    unit === 'day'
      ? [`day:${value}`, `number:${value}`]
      : [`date:${value}`, `month:${value.slice(0, 2)}`, `day:${Number(value.slice(3))}`],
  time: ({ value, unit = '' }) => [
    `${unit === '' ? 'time' : unit}:${value}`,
    ...(unit === 'clock' ? [] : [`min:${value}`]),
    `number:${Number(value) / 60}`,
  ],
  digits: ({ value }) => [`digits:${value.slice(-8)}`, `number:${Number(value)}`],
};

function yearKeys({ year, unit }: Fact): readonly string[] {
  return year === undefined || unit === 'relative' ? [] : [`number:${year}`];
}

/** Whether a source's fact, found under the same key, says what the reply's fact says. */
export function agrees(fact: Fact, other: Fact, today: Today): boolean {
  if (fact.kind === 'digits' && other.kind === 'digits') {
    return isSameNumber(fact.value, other.value);
  }
  if (fact.year === undefined || fact.unit === 'relative') return true;
  // A file that names no year means the next time that day comes.
  return other.year === undefined
    ? fact.year === today.year || fact.year === today.year + 1
    : fact.year === other.year;
}

/** One phone with or without its area code or country. */
function isSameNumber(one: string, other: string): boolean {
  if (one.length < 8 || other.length < 8) return one === other;
  return one.endsWith(other) || other.endsWith(one);
}
