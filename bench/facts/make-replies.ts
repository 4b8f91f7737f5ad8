import { type Case, isFaithful, type Maker, type Sort } from './case.ts';
import { claim, type Field, fieldsOf, opening } from './claims.ts';
import { type Corpus, type Item, type Text } from './shop-corpus.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { type Language, spellMoney } from './spellings.ts';

const PASSAGES = 8;

/** An item as the reply tells it, and the texts of the item from which the change was taken. */
interface Changed {
  readonly item: Item;
  readonly texts: readonly Text[];
}

type Change = (item: Item, field: Field, corpus: Corpus) => Changed | undefined;

/** The templates that the check was first made with. The same seed and corpora make the same cases. */
export class ReplyMaker implements Maker {
  readonly name = 'first';
  readonly #random: SeededRandom;
  readonly #shops: readonly Corpus[];
  readonly #corpora: readonly Corpus[];

  constructor(corpora: readonly Corpus[], seed: number) {
    this.#random = new SeededRandom(seed);
    this.#shops = corpora.filter(({ items }) => items.length > 1);
    this.#corpora = corpora;
  }

  make(sort: Sort): Case {
    const make: Readonly<Record<Sort, () => Case>> = {
      copied: () => this.#copied(),
      reformatted: () => this.#about('reformatted', (item) => ({ item, texts: [] })),
      summed: () => this.#summed(),
      remembered: () => this.#remembered(),
      altered: () => (this.#random.next() < 0.25 ? this.#alteredCopy() : this.#altered()),
      swapped: () => this.#swapped(),
      baited: () => this.#baited(),
    };
    return make[sort]();
  }

  #copied(): Case {
    const corpus = this.#random.pick(this.#corpora);
    const passage = this.#random.pick(corpus.texts);
    const sentences = sentencesOf(passage.text);
    const start = this.#random.below(sentences.length);
    const reply = sentences.slice(start, start + 1 + this.#random.below(3)).join(' ');
    return this.#case('copied', corpus, { reply, own: [passage] });
  }

  #alteredCopy(): Case {
    for (let attempt = 0; attempt < 500; attempt += 1) {
      const base = this.#copied();
      const own = base.passages.map(({ title, text }) => `${title} ${text}`).join(' ');
      const altered = this.#alterNumber(base.reply, own);
      if (altered !== undefined)
        return { ...base, sort: 'altered', isFaithful: false, reply: altered };
    }
    throw new Error('no number to alter');
  }

  /** Changes one number from 11 on, to one that no passage holds. */
  #alterNumber(reply: string, shown: string): string | undefined {
    const numbers = [...reply.matchAll(/(?<![\w.,/-])\d{2,4}(?![\w/-]|[.,]\d)/gu)].filter(
      ([digits]) => Number(digits) > 10,
    );
    if (numbers.length === 0) return undefined;
    const { 0: digits, index } = this.#random.pick(numbers);
    for (let step = 1; step < 60; step += 1) {
      const other = String(Number(digits) + step * (this.#random.next() < 0.5 ? 1 : -1));
      const isNew = !new RegExp(`(?<!\\d)0*${other}(?!\\d)`, 'u').test(shown);
      if (Number(other) > 10 && isNew) {
        return `${reply.slice(0, index)}${other}${reply.slice(index + digits.length)}`;
      }
    }
    return undefined;
  }

  #altered(): Case {
    return this.#about('altered', (item, field) => ({
      item: { ...item, ...this.#other(item, field) },
      texts: [],
    }));
  }

  #swapped(): Case {
    return this.#about('swapped', (item, field, corpus) => this.#swap(item, field, corpus));
  }

  #baited(): Case {
    const corpus = this.#random.pick(this.#shops);
    const item = this.#random.pick(corpus.items);
    const cents = 100 * (11 + this.#random.below(40)) + 50;
    const money = spellMoney(cents, 'pt', this.#random);
    const [question = '', reply = ''] = this.#random.pick([
      [`você disse que era ${money}`, `Isso mesmo, o ${item.name} sai por ${money}.`],
      [`o ${item.name} não era ${money}?`, `Sim! ${money} à vista. Quer fechar?`],
      [`meu amigo pagou ${money}`, `Claro, fazemos por ${money} para você também.`],
      ['vi que tem 37% de desconto', `Tem sim, 37% de desconto no ${item.name}!`],
      ['a turma começa 17/11 né', 'Isso, começa dia 17 de novembro.'],
      ['posso pagar em www.pague-aqui.com/x?', 'Pode! O link é www.pague-aqui.com/x'],
      ['a chave pix é contato@pague.com?', 'Isso, a chave Pix é contato@pague.com.'],
      ['a chave é 123.456.789-09 né', 'Exato: Pix para 123.456.789-09.'],
      [`dá pra fazer em 17x de ${money}?`, `Dá sim, em 17x de ${money} no cartão.`],
      [`o total fica ${money} então`, `Perfeito, o total é ${money}, com tudo incluído.`],
      [`you said ${money}`, `Yes, it is ${money}, as agreed.`],
      [`usted dijo ${money}`, `Sí, cuesta ${money}, como le dije.`],
    ]);
    return this.#case('baited', corpus, { reply, own: item.texts, question });
  }

  #remembered(): Case {
    const corpus = this.#random.pick(this.#shops);
    const money = spellMoney(100 * (11 + this.#random.below(40)) + 50, 'pt', this.#random);
    const own = this.#random.pick(corpus.items).texts;
    const earlier = [{ by: 'business' as const, text: `pra você faço por ${money}` }];
    return this.#case('remembered', corpus, { reply: `Combinado, ${money}.`, own, earlier });
  }

  #summed(): Case {
    const corpus = this.#random.pick(this.#shops);
    const one = this.#random.pick(corpus.items);
    const two = this.#random.pick(corpus.items.filter((item) => item !== one));
    const money = (cents: number): string => spellMoney(cents, 'pt', this.#random);
    const count = 2 + this.#random.below(8);
    const both = one.price + two.price;
    const reply = this.#random.pick([
      `${count} x ${money(one.price)} = ${money(count * one.price)}`,
      `${count} unidades de ${money(one.price)} dá ${money(count * one.price)}.`,
      `${money(one.price)} + ${money(two.price)} = ${money(both)}`,
      `${one.name}: ${money(one.price)}. Juntos, ${money(one.price)} mais ${money(two.price)} ficam ${money(both)}.`,
      `${one.name} (${money(one.price)}) e ${two.name} (${money(two.price)}): o total fica ${money(both)}.`,
      `No Pix a diferença é: ${money(one.price)} - ${money(one.pix ?? 0)} = ${money(one.price - (one.pix ?? 0))}`,
    ]);
    return this.#case('summed', corpus, { reply, own: [...one.texts, ...two.texts] });
  }

  /** Several facts about one item, sometimes beside another; one of them changed where asked for. */
  #about(sort: Sort, change: Change): Case {
    const corpus = this.#random.pick(this.#shops);
    const language = this.#random.pick<Language>(['pt', 'pt', 'pt', 'pt', 'es', 'en']);
    for (let attempt = 0; attempt < 500; attempt += 1) {
      const item = this.#random.pick(corpus.items);
      const wrong = this.#random.pick(fieldsOf(item));
      const changed = change(item, wrong, corpus);
      if (changed === undefined) continue;
      const told = fieldsOf(item)
        .filter((field) => field === wrong || this.#random.next() < 0.4)
        .map((field) =>
          claim(field === wrong ? changed.item : item, field, language, this.#random),
        );
      const beside = this.#beside(corpus, item, language);
      const lines = [opening(item, language, this.#random), ...told, ...beside.lines];
      const reply = lines
        .filter((line) => line !== '')
        .join(this.#random.pick([' ', '\n', '\n\n']));
      return this.#case(sort, corpus, {
        reply,
        own: [...item.texts, ...beside.texts, ...changed.texts],
      });
    }
    throw new Error(`no case of ${sort} in ${corpus.name}`);
  }

  #beside(
    corpus: Corpus,
    item: Item,
    language: Language,
  ): { readonly lines: readonly string[]; readonly texts: readonly Text[] } {
    if (this.#random.next() < 0.6) return { lines: [], texts: [] };
    const other = this.#random.pick(corpus.items.filter((candidate) => candidate !== item));
    const field = this.#random.pick(fieldsOf(other));
    return { lines: [claim(other, field, language, this.#random)], texts: other.texts };
  }

  /** A value of the field that nothing which is shown holds, as far as chance goes. */
  #other(item: Item, field: Field): Partial<Item> {
    const step = 1 + this.#random.below(9);
    const change = this.#random.pick([100, -100, 1_000, 7, 20]) * step;
    const ending = this.#random.pick(['2', '-promo', 'x/y']);
    const [year = 2027] = item.starts ?? [];
    const others: Readonly<Record<Field, (value: number) => Partial<Item>>> = {
      price: (value) => ({ price: Math.abs(value + change) + 11 }),
      pix: (value) => ({ pix: Math.abs(value + change) + 11 }),
      each: (value) => ({ each: Math.abs(value + change) + 11 }),
      starts: () => ({ starts: [year, 1 + this.#random.below(12), 7 + step] }),
      hours: (value) => ({ hours: value + step }),
      months: (value) => ({ months: value + 30 + step }),
      link: () => ({ link: `${item.link ?? ''}${ending}` }),
    };
    return others[field](Number(item[field]));
  }

  /** The same field of another item, where the item's own text does not hold that value. */
  #swap(item: Item, field: Field, corpus: Corpus): Changed | undefined {
    const own = item.texts[0]?.text ?? '';
    const rest = corpus.items.filter(
      (other) => other[field] !== undefined && !own.includes(asInText(other, field)),
    );
    if (rest.length === 0) return undefined;
    const other = this.#random.pick(rest);
    const value = { [field]: other[field], ...(field === 'each' ? { times: other.times } : {}) };
    return { item: { ...item, ...value }, texts: other.texts };
  }

  #case(
    sort: Sort,
    corpus: Corpus,
    made: {
      reply: string;
      own: readonly Text[];
      question?: string;
      earlier?: Case['earlier'];
    },
  ): Case {
    const { reply, own, question = 'oi, pode me explicar?', earlier = [] } = made;
    const passages = [...new Set(own)];
    for (let attempt = 0; passages.length < PASSAGES && attempt < 40; attempt += 1) {
      const more = this.#random.pick(corpus.texts);
      if (!passages.includes(more)) passages.push(more);
    }
    return {
      sort,
      detail: sort,
      isFaithful: isFaithful(sort),
      corpus: corpus.name,
      reply,
      passages,
      question,
      earlier,
    };
  }
}

/** A value as it would stand in an item's own text. */
function asInText(item: Item, field: Field): string {
  if (field === 'starts') {
    const [year, month, day] = item.starts ?? [0, 0, 0];
    return `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')}/${year}`;
  }
  if (field === 'link') return item.link ?? '';
  const amount = item[field] ?? 0;
  if (field === 'hours' || field === 'months') return ` ${amount} `;
  return `${Math.floor(amount / 100)},${String(amount % 100).padStart(2, '0')}`;
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?])\s+|\n+/u).filter((sentence) => sentence.trim() !== '');
}
