import { type Today } from '../../facts/fact.ts';
import { findFacts } from '../../facts/find-facts.ts';
import { foldInPlace, plainText } from '../../facts/folding.ts';
import { type OwnerNotice, placeName } from '../owner-notice.ts';
import { type Passage } from '../passage.ts';
import { lineInDocument } from '../passage-line.ts';
import { type HealthNotice } from './health-notice.ts';
import { type LinePrice, namingWords, pricesOfLine, tellingWords } from './price-line.ts';

/** A price with all that says what it is the price of. */
interface Entry {
  readonly price: LinePrice;
  readonly passage: Passage;
  readonly place: Pick<OwnerNotice, 'file' | 'line'>;
  /** The folded line. */
  readonly line: string;
}

/** What prices are compared by: an item, and what of it is paid for. */
interface Bound {
  readonly entry: Entry;
  readonly name: string;
  readonly key: string;
}

const MAY_HOLD_PRICE = /R\$|US\$|€|\b(?:reais|real|d[óo]lares|euros)\b/iu;

/** Finds prices of one thing that differ between two places. Texts are taken in first, one by one. */
export class PriceBook {
  readonly #entries: Entry[] = [];
  /** Sections with prices, by title; a title with several is a price list. */
  readonly #sections = new Map<string, Set<string>>();

  constructor(private readonly today: Today) {}

  /** @param text - The document's. */
  take(passage: Passage, text: string): void {
    if (!MAY_HOLD_PRICE.test(passage.text)) return;
    for (const [index, written] of passage.text.split('\n').entries()) {
      if (!MAY_HOLD_PRICE.test(written)) continue;
      const examined = findFacts(written, this.today);
      for (const price of pricesOfLine(examined)) {
        const line = lineInDocument(text, passage, index);
        const place = { file: passage.document, ...(line === undefined ? {} : { line }) };
        this.#entries.push({ price, passage, place, line: examined.folded });
      }
    }
    const known = this.#sections.get(passage.title) ?? new Set();
    this.#sections.set(passage.title, known.add(topOf(passage)));
  }

  /** One for each thing that has different prices, at the later of the two places. */
  conflicts(): readonly HealthNotice[] {
    const names = new ItemNames(this.#subjects());
    const byKey = new Map<string, Bound[]>();
    for (const entry of this.#entries) {
      const bound = this.#bind(entry, names);
      if (bound === undefined) continue;
      const same = byKey.get(bound.key);
      if (same === undefined) byKey.set(bound.key, [bound]);
      else same.push(bound);
    }
    return [...byKey.values()].flatMap((bound) => conflictAmong(bound) ?? []);
  }

  #subjects(): ReadonlySet<string> {
    return new Set(this.#entries.map(({ passage }) => this.#subjectOf(passage)));
  }

  /** What a passage is about: its title, or its section in a price list. */
  #subjectOf(passage: Passage): string {
    const isList = (this.#sections.get(passage.title)?.size ?? 0) > 1;
    const top = topOf(passage);
    return isList && top !== '' ? `${passage.title} > ${top}` : passage.title;
  }

  #bind(entry: Entry, names: ItemNames): Bound | undefined {
    const { passage, price, line } = entry;
    const subject = names.namedIn(line) ?? names.mainOf(this.#subjectOf(passage));
    const own = names.wordsOf(subject);
    // A title such as "Preços" names nothing.
    if (own.length === 0) return undefined;
    const section = tellingWords(fold(passage.section));
    const label = [...section, ...price.words].filter((word) => !own.includes(word));
    return { entry, name: subject, key: `${subject}\n${[...new Set(label)].sort().join(' ')}` };
  }
}

/** The names of the things that have prices, to find them in a line. */
class ItemNames {
  readonly #words = new Map<string, readonly string[]>();
  readonly #byWord = new Map<string, string[]>();

  /** Whole documents about one thing, by their name's words. */
  readonly #titles = new Map<string, string>();

  constructor(subjects: ReadonlySet<string>) {
    for (const subject of subjects) {
      const words = nameWords(subject);
      this.#words.set(subject, words);
      const isTitle = !subject.includes(' > ');
      if (isTitle && !this.#titles.has(keyOf(words))) this.#titles.set(keyOf(words), subject);
    }
    // A row of a table that is called as a document is the same thing; what is left names rows only.
    for (const [subject, words] of this.#words) {
      if (this.mainOf(subject) !== subject) continue;
      for (const word of new Set(words)) {
        const known = this.#byWord.get(word);
        if (known === undefined) this.#byWord.set(word, [subject]);
        else known.push(subject);
      }
    }
  }

  wordsOf(subject: string): readonly string[] {
    return this.#words.get(subject) ?? [];
  }

  /** The document that is called the same; two rows of different tables are different things. */
  mainOf(subject: string): string {
    return this.#titles.get(keyOf(this.wordsOf(subject))) ?? subject;
  }

  /** The one thing whose whole name stands in a folded line; the longest name counts. */
  namedIn(line: string): string | undefined {
    const words = new Set(namingWords(line));
    const candidates = new Set([...words].flatMap((word) => this.#byWord.get(word) ?? []));
    const named = [...candidates].filter((subject) =>
      this.wordsOf(subject).every((word) => words.has(word)),
    );
    const longest = Math.max(0, ...named.map((subject) => this.wordsOf(subject).length));
    const [best, ...others] = named.filter((each) => this.wordsOf(each).length === longest);
    return others.length > 0 ? undefined : best;
  }
}

/** The words before a colon name a thing, those behind it describe it; of a price list's section, the last part. */
function nameWords(subject: string): readonly string[] {
  const name = subject.split(' > ').at(-1) ?? '';
  const [head = ''] = fold(name).split(':');
  return namingWords(head).filter((word) => word.length > 1);
}

function keyOf(words: readonly string[]): string {
  return [...words].sort().join(' ');
}

function fold(text: string): string {
  return foldInPlace(plainText(text));
}

function topOf({ section }: Passage): string {
  return section.split(' > ')[0] ?? '';
}

/** The first two places with no price in common. Within one section a list goes on. */
function conflictAmong(bound: readonly Bound[]): HealthNotice | undefined {
  const [first] = bound;
  if (first === undefined || bound.length < 2) return undefined;
  const groups = groupsOf(bound);
  for (const [index, group] of groups.entries()) {
    const other = groups.slice(0, index).find((earlier) => isDisjoint(earlier, group));
    const [one, two] = [other?.[0], group[0]];
    if (one !== undefined && two !== undefined) return conflictBetween(one, two);
  }
  return undefined;
}

function groupsOf(bound: readonly Bound[]): readonly (readonly Bound[])[] {
  const groups = new Map<string, Bound[]>();
  for (const each of bound) {
    const { document, title, section } = each.entry.passage;
    const place = [document, title, section].join('\n');
    groups.set(place, [...(groups.get(place) ?? []), each]);
  }
  return [...groups.values()];
}

function isDisjoint(one: readonly Bound[], other: readonly Bound[]): boolean {
  const values = new Set(one.map(({ entry }) => entry.price.fact.value));
  return !other.some(({ entry }) => values.has(entry.price.fact.value));
}

function conflictBetween(one: Bound, { entry, name }: Bound): HealthNotice {
  const said = [one.entry, entry].map(
    ({ price, place }) => `${price.fact.text.trim()} (${placeName(place)})`,
  );
  const message = `preços diferentes para "${name}": ${said.join(' e ')}; deixe só o que vale, ou diga na mesma linha quando vale cada um`;
  return { kind: 'price_conflict', ...entry.place, message };
}
