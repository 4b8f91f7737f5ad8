import { type ItemId, type Mention, MentionFinder } from './mentions.ts';
import { namingWords } from './naming.ts';
import { wordsOf } from './words.ts';

const SHORTEST_OWN = 4;

/** The names of things that are sold. */
export class ItemNames {
  readonly #ids = new Map<string, ItemId>();
  readonly #names: (readonly string[])[] = [];
  /** In the texts of which items a word stands. */
  readonly #itemsOf = new Map<string, Set<ItemId>>();
  readonly #relatives = new Map<ItemId, Set<ItemId>>();
  #finder: MentionFinder | undefined;

  get size(): number {
    return this.#names.length;
  }

  /** The item of that name, known from now on; `undefined` where the words name none. */
  add(name: string): ItemId | undefined {
    const words = namingWords(name);
    if (words === undefined) return undefined;
    const key = words.join(' ');
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#names.length;
    this.#ids.set(key, id);
    this.#names.push(words);
    for (const word of words) this.#standsIn(word, id);
    return id;
  }

  /** The item that a name belongs to, if one does. */
  idOf(name: string): ItemId | undefined {
    const words = namingWords(name);
    return words === undefined ? undefined : this.#ids.get(words.join(' '));
  }

  /** The words of a text about an item: no other item can be known by them. */
  learn(item: ItemId, folded: string): void {
    for (const { word } of wordsOf(folded)) this.#standsIn(word, item);
  }

  /** The one is told of within the other's text, so that they have words in common. */
  relate(one: ItemId, other: ItemId): void {
    if (one === other) return;
    for (const [item, relative] of [
      [one, other],
      [other, one],
    ] as const) {
      const known = this.#relatives.get(item) ?? new Set();
      this.#relatives.set(item, known.add(relative));
    }
  }

  /** Where a text names items, in order. */
  mentionsIn(folded: string): readonly Mention[] {
    this.#finder ??= new MentionFinder(this.#names, (word) => this.#ownerOf(word));
    return this.#finder.find(folded);
  }

  /**
   * The items that a text names, by words that stand in no other item's name or by all of its own.
   * Other texts may hold these words too, as a file about a special offer does.
   */
  namedIn(folded: string): ReadonlySet<ItemId> {
    const words = new Set(wordsOf(folded).map(({ word }) => word));
    const items = [...this.#names.keys()].filter((item) => {
      const name = this.#names[item] ?? [];
      const own = name.filter((word) => this.#namesWith(word).length === 1);
      return own.length > 0
        ? own.some((word) => words.has(word))
        : name.length > 1 && name.every((word) => words.has(word));
    });
    return new Set(items);
  }

  #namesWith(word: string): readonly ItemId[] {
    const items = [...(this.#itemsOf.get(word) ?? [])];
    return items.filter((item) => this.#names[item]?.includes(word));
  }

  #standsIn(word: string, item: ItemId): void {
    const known = this.#itemsOf.get(word);
    if (known === undefined) this.#itemsOf.set(word, new Set([item]));
    else known.add(item);
  }

  /** The item whose name alone has the word, and whose texts alone. */
  #ownerOf(word: string): ItemId | undefined {
    // `Pro` names a model, and stands for `para o`.
    if (word.length < SHORTEST_OWN && !/\d/u.test(word)) return undefined;
    const named = this.#namesWith(word);
    const [owner] = named;
    if (named.length !== 1 || owner === undefined) return undefined;
    const relatives = this.#relatives.get(owner);
    const isOwn = [...(this.#itemsOf.get(word) ?? [])].every(
      (item) => item === owner || relatives?.has(item) === true,
    );
    return isOwn ? owner : undefined;
  }
}
