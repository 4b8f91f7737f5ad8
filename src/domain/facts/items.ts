import { type Fact } from './fact.ts';
import { type ExaminedText } from './find-facts.ts';
import { foldInPlace } from './folding.ts';
import { type ExaminedSource } from './source.ts';

/** Which item a text speaks of, by the item's number. */
export type ItemId = number;

const WORD = /[a-z0-9]+(?:-[a-z0-9]+)*/gu;
const COMMON = new Set(
  'curso cursos com para pelo pela dos das por sem uma the and for los las del servico produto modelo preco valor'.split(
    ' ',
  ),
);
const SENTENCE_END = /[.!?;…](?=\s)|\n/gu;

/** Between a fact and the item that it is of, where the fact comes first: `R$ 297 no curso de Excel`. */
const TIES =
  /^ (?:(?:voce )?leva|no(?! pix)|na|do|da|para|pelo|pela|e o (?:preco|valor) d[eo])\b(?![^\n]*(?:[.,;!?]|\b(?:e|y|and)\b))[^\n]{0,32}$/u;

interface Mention {
  readonly item: ItemId;
  readonly at: number;
}

/** The things that are sold, each with the words that name it and nothing else. */
export class Items {
  readonly #words = new Map<string, ItemId>();
  readonly #phrases: (readonly [ItemId, readonly string[]])[] = [];
  readonly #byName = new Map<string, ItemId>();
  /** Titles under which several sections have prices of their own. */
  readonly #priceLists: ReadonlySet<string>;

  /** @param knowledge - What has a price, or a model code in its name, is an item. */
  constructor(knowledge: readonly ExaminedSource[]) {
    const priced = knowledge.filter(hasPrice);
    this.#priceLists = titlesWithSeveralPrices(priced);
    const words = new Map<ItemId, Set<string>>();
    for (const { source } of priced) {
      const name = this.#nameOf(source);
      if (!this.#byName.has(name)) this.#byName.set(name, this.#byName.size);
    }
    for (const { source, folded } of knowledge) {
      const item = this.#byName.get(this.#nameOf(source));
      if (item === undefined) continue;
      const known = words.get(item) ?? new Set<string>();
      for (const { word } of wordsOf(folded)) known.add(word);
      words.set(item, known);
    }
    for (const [name, item] of this.#byName) this.#learn(item, contentWords(name), words);
  }

  /**
   * The items that a text names, by words that stand in no other item's name. Other texts may hold
   * these words too, as a file about a special offer does.
   */
  namedIn(folded: string): ReadonlySet<ItemId> {
    const words = new Set(wordsOf(folded).map(({ word }) => word));
    const names = Array.from(this.#byName, ([name, item]) => ({ item, parts: nameWords(name) }));
    const named = names.filter(({ item, parts }) => {
      const others = names.filter((other) => other.item !== item);
      const own = parts.filter((part) => others.every((other) => !other.parts.includes(part)));
      if (own.length > 0) return own.some((part) => words.has(part));
      return parts.length > 1 && parts.every((part) => words.has(part));
    });
    return new Set(named.map(({ item }) => item));
  }

  /** The item that a passage is about, if it is one. */
  ownItem({ source }: ExaminedSource): ItemId | undefined {
    return this.#byName.get(this.#nameOf(source));
  }

  /**
   * For each fact of a text the item that the text gives it to, `own` where it names none: the last
   * one named before it in its sentence, else the one named behind it, else the one spoken of before.
   */
  bind({ folded, facts }: ExaminedText, own?: ItemId): readonly (ItemId | undefined)[] {
    if (this.#byName.size < 2 || facts.length === 0) return facts.map(() => own);
    const mentions = this.#mentions(folded).filter(({ at }) => !isInAddress(facts, at));
    const bound: (ItemId | undefined)[] = [];
    let carried = own;
    for (const sentence of sentencesOf(folded)) {
      const named = within(mentions, sentence, ({ at }) => at);
      const inside = within(facts, sentence, ({ start }) => start);
      const isOpen = folded.slice(...sentence).includes('respectiv');
      const items = inside.map(
        (fact) => itemFor(folded, fact, { first: inside[0], named }) ?? carried,
      );
      bound.push(...items.map((item) => (isOpen ? undefined : item)));
      if (named.length > 0) carried = onlyItemOf(named) ?? own;
    }
    return bound;
  }

  #mentions(folded: string): readonly Mention[] {
    const mentions: Mention[] = [];
    const before: string[] = [];
    for (const { word, at } of wordsOf(folded)) {
      const item = this.#words.get(word) ?? this.#phraseEndingIn(word, before);
      if (item !== undefined) mentions.push({ item, at });
      before.push(word);
    }
    return mentions;
  }

  #phraseEndingIn(word: string, before: readonly string[]): ItemId | undefined {
    const found = this.#phrases.find(([, phrase]) => {
      if (phrase.at(-1) !== word) return false;
      const window = before.slice(-phrase.length - 3);
      return phrase.slice(0, -1).every((part) => window.includes(part));
    });
    return found?.[0];
  }

  #learn(
    item: ItemId,
    name: readonly string[],
    words: ReadonlyMap<ItemId, ReadonlySet<string>>,
  ): void {
    const isOwn = (word: string): boolean =>
      [...words].every(([other, known]) => other === item || !known.has(word));
    const own = name.filter(isOwn);
    for (const word of own) this.#words.set(word, item);
    if (own.length === 0 && name.length > 1) this.#phrases.push([item, name]);
  }

  #nameOf({ title = '', section = '' }: ExaminedSource['source']): string {
    const top = section.split(' > ')[0] ?? '';
    return this.#priceLists.has(title) && top !== '' ? top : title;
  }
}

/** `loja.example/excel` names an address, not the item. */
function isInAddress(facts: readonly Fact[], at: number): boolean {
  return facts.some(
    ({ kind, start, end }) => (kind === 'link' || kind === 'email') && start <= at && at < end,
  );
}

function within<T>(
  things: readonly T[],
  [start, end]: readonly [number, number],
  placeOf: (thing: T) => number,
): readonly T[] {
  return things.filter((thing) => placeOf(thing) >= start && placeOf(thing) < end);
}

function onlyItemOf(named: readonly Mention[]): ItemId | undefined {
  const [first] = named;
  return named.every(({ item }) => item === first?.item) ? first?.item : undefined;
}

function itemFor(
  folded: string,
  fact: Fact,
  { first, named }: { readonly first: Fact | undefined; readonly named: readonly Mention[] },
): ItemId | undefined {
  const start = first?.start ?? fact.start;
  const isFactFirst = named.every(({ at }) => at > start);
  const before = named.findLast(({ at }) => at < fact.end);
  const behind = named.find(({ at }) => at >= fact.end);
  const isTied = behind !== undefined && TIES.test(folded.slice(fact.end, behind.at));
  const [nearer, other] = isFactFirst || isTied ? [behind, before] : [before, behind];
  return (nearer ?? other)?.item;
}

function hasPrice({ facts, source }: ExaminedSource): boolean {
  const heading = (source.title ?? '').length;
  return facts.some(({ kind, start }) => kind === 'money' || (kind === 'code' && start < heading));
}

function titlesWithSeveralPrices(priced: readonly ExaminedSource[]): ReadonlySet<string> {
  const sections = new Map<string, Set<string>>();
  for (const { source } of priced) {
    const title = source.title ?? '';
    const known = sections.get(title) ?? new Set();
    known.add((source.section ?? '').split(' > ')[0] ?? '');
    sections.set(title, known);
  }
  return new Set([...sections].filter(([, names]) => names.size > 1).map(([title]) => title));
}

function sentencesOf(folded: string): readonly (readonly [start: number, end: number])[] {
  const ends = [...folded.matchAll(SENTENCE_END)].map(({ index }) => index + 1);
  return [...ends, folded.length + 1].map((end, index) => [ends[index - 1] ?? 0, end] as const);
}

/** The words before a colon name a thing, those behind it describe it. */
function contentWords(name: string): readonly string[] {
  const [head = ''] = foldInPlace(name).split(':');
  return wordsOf(head)
    .map(({ word }) => word)
    .filter((word) => word.length > 2 && !COMMON.has(word));
}

/** The same without `preços` and the like, which are asked of every item. */
function nameWords(name: string): readonly string[] {
  return contentWords(name).filter((word) => !COMMON.has(word.replace(/e?s$/u, '')));
}

function wordsOf(folded: string): readonly { readonly word: string; readonly at: number }[] {
  return Array.from(folded.matchAll(WORD), (match) => ({
    word: match[0].replace(/-/gu, ''),
    at: match.index,
  }));
}
