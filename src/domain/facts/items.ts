import { type Fact } from './fact.ts';
import { type ExaminedText } from './find-facts.ts';
import { type ItemLine, itemLinesOf } from './item-lines.ts';
import { ItemNames } from './item-names.ts';
import { type ItemId, type Mention } from './mentions.ts';
import { canName } from './naming.ts';
import { sentencesOf } from './sentences.ts';
import { type ExaminedSource } from './source.ts';

/** Between a fact and the item that it is of, where the fact comes first: `R$ 297 no curso de Excel`. */
const TIES =
  /^ (?:(?:voce )?leva|no(?! pix)|na|do|da|para|pelo|pela|e o (?:preco|valor) d[eo])\b(?![^\n]*(?:[.,;!?]|\b(?:e|y|and)\b))[^\n]{0,32}$/u;

const LONGEST_TITLE = 60;
const PRICED = /\b(?:preco|valor|custa|investimento|price|precio)\b[^\n]{0,20}$/u;
const AS_THING =
  /(?:\b(?:o|a|os|as|do|da|no|na|ao|pelo|pela|el|la|del|the)|[:,(*]|^|\n|- ) ?[*_~]?$/u;

interface OwnLine extends ItemLine {
  readonly item: ItemId;
}

/** The things that are sold, and which of them the facts of a text are of. */
export class Items {
  readonly #names = new ItemNames();
  /** Titles under which several sections have prices of their own. */
  readonly #priceLists: ReadonlySet<string>;
  readonly #lines = new Map<ExaminedSource, readonly OwnLine[]>();

  /** @param knowledge - What has a price, or a model code in its name, is an item. */
  constructor(knowledge: readonly ExaminedSource[]) {
    const priced = knowledge.filter(hasPrice);
    this.#priceLists = titlesWithSeveralPrices(priced);
    for (const { source } of priced) this.#names.add(this.#nameOf(source));
    for (const source of knowledge) this.#learn(source);
  }

  /** The items that a text names, by words that stand in no other item's name or by all of its own. */
  namedIn(folded: string): ReadonlySet<ItemId> {
    return this.#names.namedIn(folded);
  }

  /** For each fact of a source the items that it is of; none where it is the shop's. */
  ofSource(source: ExaminedSource): readonly (readonly ItemId[])[] {
    const own = this.ownItem(source);
    const bound = this.#bind(source, own);
    const lines = this.#lines.get(source) ?? [];
    let next = 0;
    return source.facts.map(({ start }, index) => {
      while ((lines[next]?.end ?? Infinity) <= start) next += 1;
      const line = lines[next];
      const isInLine = line !== undefined && line.start <= start;
      return known(isInLine ? [line.item, own] : [bound[index]]);
    });
  }

  /**
   * For each fact of a text the item that the text gives it to, `undefined` where it names none: the last
   * one named before it in its sentence, else the one named behind it, else the one spoken of before.
   */
  ofReply(text: ExaminedText): readonly (ItemId | undefined)[] {
    return this.#bind(text);
  }

  #bind({ folded, facts }: ExaminedText, own?: ItemId): readonly (ItemId | undefined)[] {
    if (this.#names.size < 2 || facts.length === 0) return facts.map(() => own);
    const mentions = outsideFacts(this.#names.mentionsIn(folded), facts);
    const bound: (ItemId | undefined)[] = [];
    let carried = own;
    let [fact, mention] = [0, 0];
    for (const [start, end] of sentencesOf(folded)) {
      const inside = runFrom(facts, fact, end);
      const all = runFrom(mentions, mention, end);
      const named = plainest(folded, all);
      fact += inside.length;
      mention += all.length;
      const isOpen = inside.length > 0 && folded.slice(start, end).includes('respectiv');
      const items = itemsFor(folded, inside, named).map((item) => item ?? carried);
      bound.push(...items.map((item) => (isOpen ? undefined : item)));
      if (named.length > 0) carried = onlyItemOf(named) ?? own;
    }
    return bound;
  }

  #learn(source: ExaminedSource): void {
    const own = this.ownItem(source);
    if (own !== undefined) this.#names.learn(own, source.folded);
    const lines = itemLinesOf(source, headingOf(source)).flatMap((line) => {
      const item = this.#names.add(line.name);
      if (item === undefined || item === own) return [];
      this.#names.learn(item, source.folded.slice(line.start, line.end));
      if (own !== undefined) this.#names.relate(own, item);
      return [{ ...line, item }];
    });
    this.#lines.set(source, lines);
  }

  /** The item that a passage is about, if it is one. */
  ownItem({ source }: ExaminedSource): ItemId | undefined {
    return source.kind === 'knowledge' ? this.#names.idOf(this.#nameOf(source)) : undefined;
  }

  #nameOf({ title = '', section = '', text }: ExaminedSource['source']): string {
    const top = section.split(' > ')[0] ?? '';
    if (this.#priceLists.has(title) && top !== '') return top;
    return canName(title) ? title : firstLineOf(text.slice(title.length + section.length + 2));
  }
}

/** A file that is called `1.txt` says at its top what it is about. */
function firstLineOf(text: string): string {
  const [line = ''] = text.trimStart().split('\n', 1);
  return line.length > LONGEST_TITLE || /[.!?]$/u.test(line) ? '' : line;
}

function known<T>(things: readonly (T | undefined)[]): readonly T[] {
  return things.filter((thing) => thing !== undefined);
}

/** What of a list in order begins before the end, from a place on. */
function runFrom<T extends { readonly start: number }>(
  things: readonly T[],
  from: number,
  end: number,
): readonly T[] {
  let to = from;
  while ((things[to]?.start ?? Infinity) < end) to += 1;
  return things.slice(from, to);
}

/** Beside a whole name, a word of another name counts where it stands for the thing: `o Intermediário`. */
function plainest(folded: string, mentions: readonly Mention[]): readonly Mention[] {
  if (mentions.every(({ isWhole }) => !isWhole)) return mentions;
  return mentions.filter(
    ({ isWhole, start }) => isWhole || AS_THING.test(folded.slice(Math.max(0, start - 8), start)),
  );
}

/** `loja.example/excel` names an address, and `vinte e quatro` a number: not the item with that word. */
function outsideFacts(mentions: readonly Mention[], facts: readonly Fact[]): readonly Mention[] {
  const others = facts.filter(({ kind }) => kind !== 'code');
  let next = 0;
  return mentions.filter(({ start, isWhole }) => {
    while ((others[next]?.end ?? Infinity) <= start) next += 1;
    const fact = others[next];
    if (fact === undefined || start < fact.start) return true;
    return isWhole && fact.kind !== 'link' && fact.kind !== 'email';
  });
}

function onlyItemOf(named: readonly Mention[]): ItemId | undefined {
  const [first] = named;
  return named.every(({ item }) => item === first?.item) ? first?.item : undefined;
}

/** For each fact of a sentence the item that is named nearest, on the side where the sentence names its items. */
function itemsFor(
  folded: string,
  facts: readonly Fact[],
  named: readonly Mention[],
): readonly (ItemId | undefined)[] {
  const isFactFirst = (facts[0]?.start ?? 0) < (named[0]?.start ?? 0);
  let next = 0;
  return facts.map((fact) => {
    while ((named[next]?.start ?? Infinity) < fact.end) next += 1;
    const [before, behind] = [named[next - 1], named[next]];
    // `Sofá de 2 lugares`: a fact within a name is that item's.
    if (before !== undefined && fact.end <= before.end) return before.item;
    const isOfNext = isFactFirst || isTie(folded, fact, behind);
    return isOfNext ? itemOf(behind, before) : itemOf(before, behind);
  });
}

function itemOf(nearer: Mention | undefined, other: Mention | undefined): ItemId | undefined {
  return (nearer ?? other)?.item;
}

function isTie(folded: string, { start, end }: Fact, behind?: Mention): boolean {
  if (behind === undefined || behind.start - end >= 48) return false;
  // What stands behind a colon is of what stands before it.
  if (/[:=] ?$/u.test(folded.slice(Math.max(0, start - 2), start))) {
    return false;
  }
  return TIES.test(folded.slice(end, behind.start));
}

function hasPrice({ facts, folded, source }: ExaminedSource): boolean {
  const heading = (source.title ?? '').length;
  return facts.some((fact) => {
    if (fact.kind === 'code') return fact.start < heading;
    if (fact.kind !== 'money') return false;
    return (
      fact.unit !== 'bare' || PRICED.test(folded.slice(Math.max(0, fact.start - 32), fact.start))
    );
  });
}

/** Where the text begins behind title and section, as `passageSource` joins them. */
function headingOf({ source: { title, section } }: ExaminedSource): number {
  return title === undefined ? 0 : title.length + (section ?? '').length + 2;
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
