import { type Today } from './fact.ts';
import { Items } from './items.ts';
import { examine, type ExaminedSource, type Source } from './source.ts';

/** Some times the passages of a whole corpus that fits a prompt. */
const MOST_KEPT = 2_000;

/**
 * Longest part of what somebody wrote that is read as a source, UTF-16 units. What a reply takes from
 * behind it stands nowhere, so that a flood of text costs the one who sends it an answer, and nobody else time.
 */
const LONGEST_READ = { customer: 4_000, person: 12_000, agent: 12_000 } as const;

/** Reads sources, and knows those of the knowledge again: most turns are answered from the same passages. */
export class FactReader {
  readonly #examined = new Map<string, ExaminedSource>();
  #today: Today | undefined;
  #knowledge: readonly ExaminedSource[] = [];
  #items: Items | undefined;

  /** The sources with their facts, as of a day, in the same order. */
  read(sources: readonly Source[], today: Today): readonly ExaminedSource[] {
    if (!isSameDay(this.#today, today)) this.#examined.clear();
    this.#today = today;
    return sources.map((source) => this.#examine(source, today));
  }

  /** The items of the knowledge among the sources. */
  itemsOf(sources: readonly ExaminedSource[]): Items {
    const knowledge = sources.filter(({ source }) => source.kind === 'knowledge');
    const isKnown =
      knowledge.length === this.#knowledge.length &&
      knowledge.every((source, index) => source === this.#knowledge[index]);
    if (!isKnown || this.#items === undefined) this.#items = new Items(knowledge);
    this.#knowledge = knowledge;
    return this.#items;
  }

  #examine(source: Source, today: Today): ExaminedSource {
    if (source.kind !== 'knowledge' && source.kind !== 'persona') {
      return examine(bounded(source), today);
    }
    const known = this.#examined.get(source.text);
    if (known !== undefined && isSame(known.source, source)) return known;
    const examined = examine(source, today);
    const [oldest] = this.#examined.size >= MOST_KEPT ? this.#examined.keys() : [];
    if (oldest !== undefined) this.#examined.delete(oldest);
    this.#examined.set(source.text, examined);
    return examined;
  }
}

function bounded(source: Source): Source {
  if (source.kind === 'clock' || source.kind === 'knowledge' || source.kind === 'persona') {
    return source;
  }
  return { ...source, text: source.text.slice(0, LONGEST_READ[source.kind]) };
}

function isSame(one: Source, other: Source): boolean {
  return one.id === other.id && one.title === other.title && one.section === other.section;
}

function isSameDay(one: Today | undefined, { year, month, day }: Today): boolean {
  return one?.year === year && one.month === month && one.day === day;
}
