import { isContent } from './naming.ts';
import { type TextWord, wordsOf } from './words.ts';

/** Which item a text speaks of, by the item's number. */
export type ItemId = number;

/** A place where a text names an item. */
export interface Mention {
  readonly item: ItemId;
  readonly start: number;
  readonly end: number;
  /** Whether all of the name stands there, not only a word that no other item has. */
  readonly isWhole: boolean;
}

/** One word between two of a name is passed over: `corte bem feminino`. */
const GAP = 1;
const FARTHEST = 24;
const WORDS_ONLY = /^[a-z *_~'"-]*$/u;

/** Finds names in texts; of two that lie over each other, the longer. */
export class MentionFinder {
  readonly #names: readonly (readonly string[])[];
  readonly #byFirst = new Map<string, ItemId[]>();
  readonly #ownerOf: (word: string) => ItemId | undefined;

  constructor(
    names: readonly (readonly string[])[],
    ownerOf: (word: string) => ItemId | undefined,
  ) {
    this.#names = names;
    this.#ownerOf = ownerOf;
    for (const [item, name] of names.entries()) {
      const first = name[0] ?? '';
      this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), item]);
    }
    for (const items of this.#byFirst.values()) {
      items.sort((one, other) => this.#lengthOf(other) - this.#lengthOf(one));
    }
  }

  find(folded: string): readonly Mention[] {
    const words = wordsOf(folded).filter(isContent);
    const mentions: Mention[] = [];
    for (let place = 0; place < words.length; place += 1) {
      const last = this.#wholeAt(folded, words, place);
      const mention = last?.mention ?? this.#partAt(words[place]);
      if (mention !== undefined) mentions.push(mention);
      place = last?.place ?? place;
    }
    return mentions;
  }

  #wholeAt(
    folded: string,
    words: readonly TextWord[],
    place: number,
  ): { readonly mention: Mention; readonly place: number } | undefined {
    const first = words[place];
    if (first === undefined) return undefined;
    for (const item of this.#byFirst.get(first.word) ?? []) {
      const last = endOfName(folded, words, { place, name: this.#names[item] ?? [] });
      const end = words[last]?.end;
      if (end === undefined) continue;
      return { mention: { item, start: first.start, end, isWhole: true }, place: last };
    }
    return undefined;
  }

  #partAt(word: TextWord | undefined): Mention | undefined {
    const item = word && this.#ownerOf(word.word);
    if (word === undefined || item === undefined) return undefined;
    return { item, start: word.start, end: word.end, isWhole: false };
  }

  #lengthOf(item: ItemId): number {
    return this.#names[item]?.length ?? 0;
  }
}

/** The place of a name's last word, where the name begins at a place; -1 where it does not stand there. */
function endOfName(
  folded: string,
  words: readonly TextWord[],
  { place, name }: { readonly place: number; readonly name: readonly string[] },
): number {
  let last = place;
  for (const part of name.slice(1)) {
    const next = words.slice(last + 1, last + 2 + GAP).findIndex(({ word }) => word === part);
    if (next === -1 || !isNear(folded, words[last], words[last + 1 + next])) return -1;
    last += 1 + next;
  }
  return last - place - name.length < GAP ? last : -1;
}

function isNear(folded: string, one?: TextWord, other?: TextWord): boolean {
  if (one === undefined || other === undefined || other.start - one.end > FARTHEST) return false;
  return WORDS_ONLY.test(folded.slice(one.end, other.start));
}
