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
export function keysOf({ kind, value, unit = '' }: Fact): readonly string[] {
  if (kind === 'digits') return [`digits:${value.slice(-8)}`];
  // What looks like a price may be a number of another sort, in the source too.
  if (unit === 'bare') return [`${kind}:${value}`, `unitless:${Number(value.slice(4)) / 100}`];
  if (unit === 'day') return [`day:${value}`, `unitless:${value}`];
  if (kind !== 'quantity') return [`${kind}:${value}`];
  if (unit === 'x') return [`x:${value}`];
  // Where the source names no unit, or one that is unknown here, the number decides.
  return [`${unit}:${value}`, `unitless:${value}`];
}

/** The keys under which a fact of a source gives support. */
export function supportOf(fact: Fact): readonly string[] {
  return [...(SUPPORT[fact.kind]?.(fact) ?? [`${fact.kind}:${fact.value}`]), ...yearKeys(fact)];
}

const SUPPORT: Readonly<Partial<Record<FactKind, (fact: Fact) => readonly string[]>>> = {
  // Minutes that something takes are written as hours too.
  quantity: ({ value, unit = '' }) => [
    `${unit}:${value}`,
    `number:${value}`,
    ...(unit === 'min' ? [`time:${value}`] : []),
  ],
  number: ({ value }) => [`number:${value}`, `unitless:${value}`],
  money: ({ value }) => [`money:${value}`, `number:${Number(value.slice(4)) / 100}`],
  date: ({ value, unit }) =>
    unit === 'day'
      ? [`day:${value}`, `number:${value}`]
      : [`date:${value}`, `month:${value.slice(0, 2)}`, `day:${Number(value.slice(3))}`],
  time: ({ value }) => [`time:${value}`, `min:${value}`, `number:${Number(value) / 60}`],
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
