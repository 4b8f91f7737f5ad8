import { type Case, isFaithful, type Maker, type Sort } from './case.ts';
import { alteredCopy, copied, retyped } from './corpus-copies.ts';
import { PhrasedClaims } from './phrased-claims.ts';
import { type Phrasebook, type Shop } from './phrasebook.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { type Corpus, type Text } from './shop-corpus.ts';

const PASSAGES = 8;

interface Made {
  readonly reply: string;
  readonly own: readonly Text[];
  readonly detail: string;
  readonly question?: string;
  readonly earlier?: Case['earlier'];
}

/** Makes cases in the words of one phrasebook, about its shops and any corpora. */
export class PhrasedReplies implements Maker {
  readonly name: string;
  readonly #book: Phrasebook;
  readonly #random: SeededRandom;
  readonly #claims: PhrasedClaims;
  readonly #shops: readonly Shop[];
  readonly #corpora: readonly Corpus[];

  constructor(book: Phrasebook, corpora: readonly Corpus[], seed: number) {
    this.name = book.name;
    this.#book = book;
    this.#random = new SeededRandom(seed);
    this.#claims = new PhrasedClaims(book, this.#random);
    this.#shops = book.shops(this.#random);
    this.#corpora = [
      ...corpora,
      ...this.#shops.map(({ name, texts }) => ({
        name,
        texts,
        items: [],
        language: 'pt' as const,
      })),
    ];
  }

  make(sort: Sort): Case {
    if (sort === 'copied') return this.#copied();
    const shop = this.#random.pick(this.#shops);
    const make: Readonly<Record<Exclude<Sort, 'copied'>, () => Made>> = {
      reformatted: () => this.#claims.about(shop, 'faithful'),
      summed: () => this.#claims.summed(shop, true),
      remembered: () => this.#remembered(shop),
      altered: () =>
        this.#random.next() < 0.12
          ? this.#claims.summed(shop, false)
          : this.#claims.about(shop, 'altered'),
      swapped: () => this.#claims.about(shop, 'swapped'),
      baited: () => this.#baited(shop),
    };
    const chance = this.#random.next();
    if (sort === 'altered' && chance < 0.25) return this.#alteredCopy();
    if (sort === 'reformatted' && chance < 0.15) return this.#retyped();
    return this.#case(sort, shop, make[sort]());
  }

  #copied(): Case {
    const { reply, passage, corpus } = copied(this.#corpora, this.#random);
    return this.#case('copied', corpus, { reply, own: [passage], detail: 'copy' });
  }

  #retyped(): Case {
    const { reply, passage, corpus } = copied(this.#corpora, this.#random);
    const other = retyped(reply, this.#random);
    return this.#case('reformatted', corpus, {
      reply: other,
      own: [passage],
      detail: 'retyped copy',
    });
  }

  #alteredCopy(): Case {
    for (let attempt = 0; attempt < 2_000; attempt += 1) {
      const base = this.#copied();
      const shown = base.passages.map(({ title, text }) => `${title} ${text}`).join(' ');
      const reply = alteredCopy(base.reply, shown, this.#random);
      if (reply !== undefined) {
        return { ...base, sort: 'altered', detail: 'altered copy', isFaithful: false, reply };
      }
    }
    throw new Error('no figure to alter');
  }

  #baited(shop: Shop): Made {
    const thing = this.#random.pick(shop.things);
    const amount = this.#claims.amount(
      100 * (1_011 + this.#random.below(400)) + 50 * this.#random.below(2),
    );
    const [question, reply] = this.#random
      .pick(this.#book.baits)
      .map((text) => text.replaceAll('{m}', amount).replaceAll('{n}', thing.name));
    return { reply: reply ?? '', own: thing.texts, question: question ?? '', detail: 'bait' };
  }

  #remembered(shop: Shop): Made {
    const { said, by, reply } = this.#random.pick(this.#book.memories);
    const own = this.#random.pick(shop.things).texts;
    return by === 'customer'
      ? { reply, own, question: said, detail: by }
      : { reply, own, earlier: [{ by, text: said }], detail: by };
  }

  #case(
    sort: Sort,
    corpus: { readonly name: string; readonly texts: readonly Text[] },
    made: Made,
  ): Case {
    const { reply, own, detail, question = 'oi, pode me explicar?', earlier = [] } = made;
    const passages = [...new Set(own)];
    for (let attempt = 0; passages.length < PASSAGES && attempt < 40; attempt += 1) {
      const more = this.#random.pick(corpus.texts);
      if (!passages.includes(more)) passages.push(more);
    }
    return {
      sort,
      detail,
      isFaithful: isFaithful(sort),
      corpus: corpus.name,
      reply,
      passages,
      question,
      earlier,
    };
  }
}
