import { written } from './catalogue.ts';
import { type Field, type Language, type Phrasebook, type Shop, type Thing } from './phrasebook.ts';
import { type SeededRandom } from '../support/seeded-random.ts';
import { type Text } from './shop-corpus.ts';
import { altered, isSame, type Value } from './value.ts';

export interface Claimed {
  readonly reply: string;
  readonly own: readonly Text[];
  readonly detail: string;
}

type Truth = 'faithful' | 'altered' | 'swapped';

interface Told {
  readonly thing: Thing;
  readonly field: Field;
  readonly value: Value;
  readonly from: Thing;
}

/** Says things of a shop's things in a phrasebook's words, truly or not. */
export class PhrasedClaims {
  readonly #book: Phrasebook;
  readonly #random: SeededRandom;

  constructor(book: Phrasebook, random: SeededRandom) {
    this.#book = book;
    this.#random = random;
  }

  /** An amount in one of the book's Portuguese ways. */
  amount(cents: number): string {
    return this.#spelled({ kind: 'money', cents }, 'pt');
  }

  /** One to four facts of a thing or of the house; one of them untrue unless faithful. */
  about(shop: Shop, truth: Truth): Claimed {
    if (this.#random.next() < 0.2) return this.#pair(shop, truth);
    for (let attempt = 0; attempt < 2_000; attempt += 1) {
      const isHouse = truth !== 'swapped' && this.#random.next() < 0.2;
      const thing = isHouse ? shop.house : this.#random.pick(shop.things);
      const told = this.#told(shop, thing, truth);
      if (told === undefined) continue;
      const language = this.#random.pick<Language>(['pt', 'pt', 'pt', 'pt', 'pt', 'es', 'en']);
      const reply = this.#reply(thing, told, language);
      if (reply === undefined) continue;
      const [own, detail] = [
        [...thing.texts, ...told.from.texts],
        `${truth} ${told.field} ${language}`,
      ];
      return { reply, own, detail };
    }
    throw new Error(`nothing ${truth} to say of ${shop.name}`);
  }

  /** A sum that the reply spells out, right or not. */
  summed(shop: Shop, isRight: boolean): Claimed {
    const [one, other] = this.#two(shop);
    const [a, b] = [centsOf(one), centsOf(other)];
    const count = 2 + this.#random.below(6);
    const { text, outcome } = this.#random.pick(this.#book.sums);
    const right = outcome(a, b, count);
    const wrong = right + this.#random.pick([1_000, 2_000, 500, 10_000, 350]);
    const values: Readonly<Record<string, string>> = {
      n: one.name,
      o: other.name,
      a: this.amount(a),
      b: this.amount(b),
      k: String(count),
      s: this.amount(isRight ? right : wrong),
    };
    return {
      reply: fill(text, values),
      own: [...one.texts, ...other.texts],
      detail: isRight ? 'sum' : 'wrong sum',
    };
  }

  #pair(shop: Shop, truth: Truth): Claimed {
    for (;;) {
      const [one, other] = this.#two(shop);
      const prices = this.#prices(shop, truth, [centsOf(one), centsOf(other)]);
      if (prices === undefined) continue;
      const values = {
        n: one.name,
        v: this.#spelled(prices[0], 'pt'),
        o: other.name,
        w: this.#spelled(prices[1], 'pt'),
      };
      const reply = fill(this.#random.pick(this.#book.pairs), values);
      return { reply, own: [...one.texts, ...other.texts], detail: `${truth} pair` };
    }
  }

  /** What is said of two things that cost so much; `undefined` where that would be no lie. */
  #prices(
    shop: Shop,
    truth: Truth,
    [one, other]: readonly [number, number],
  ): readonly [Value, Value] | undefined {
    const [first, second] = [one, other].map((cents): Value => ({ kind: 'money', cents }));
    if (one === other || first === undefined || second === undefined) return undefined;
    if (truth === 'faithful') return [first, second];
    if (truth === 'swapped') return [second, first];
    const wrong = altered(first, this.#random);
    return isKnown(wrong, shop) ? undefined : [wrong, second];
  }

  #told(shop: Shop, thing: Thing, truth: Truth): Told | undefined {
    const [field, own] = this.#random.pick(Object.entries(thing.facts) as [Field, Value][]);
    if (truth === 'faithful') return { thing, field, value: own, from: thing };
    if (truth === 'altered') {
      const value = altered(own, this.#random);
      return isKnown(value, shop) ? undefined : { thing, field, value, from: thing };
    }
    const rest = shop.things.filter(({ facts }) => {
      const value = facts[field];
      return value !== undefined && !Object.values(thing.facts).some((fact) => isSame(fact, value));
    });
    if (rest.length === 0) return undefined;
    const from = this.#random.pick(rest);
    return { thing, field, value: from.facts[field] ?? own, from };
  }

  #reply(thing: Thing, told: Told, language: Language): string | undefined {
    const isCard = language === 'pt' && thing.name !== '' && this.#random.next() < 0.25;
    const sentences = isCard ? this.#book.labels : this.#book.sentences[language];
    if (sentences[told.field] === undefined) return undefined;
    const lines = this.#facts(thing, told).map(([field, value]) => {
      const forms = sentences[field];
      return forms === undefined
        ? ''
        : this.#line(this.#random.pick(forms), thing, value, language);
    });
    const opening = isCard
      ? this.#random.pick(['*{n}*', '{n}', '📌 {n}'])
      : this.#opening(thing, language);
    const closing = this.#random.pick(this.#book.closings[language]);
    const all = [opening, ...lines, closing].filter((line) => line !== '');
    const joint = isCard ? '\n' : this.#random.pick(['\n', '\n\n', '. ']);
    return fill(all.join(joint), { n: this.#named(thing.name) });
  }

  /** What is told of a thing, in any order: the fact that it is about, and true ones. */
  #facts(thing: Thing, { field, value }: Told): readonly (readonly [Field, Value])[] {
    const others = (Object.entries(thing.facts) as [Field, Value][]).filter(
      ([other]) => other !== field && this.#random.next() < 0.35,
    );
    const place = this.#random.below(others.length + 1);
    return [...others.slice(0, place), [field, value], ...others.slice(place)];
  }

  #opening(thing: Thing, language: Language): string {
    const opening = this.#random.pick(this.#book.openings[language]);
    return thing.name === '' && opening.includes('{n}') ? '' : opening;
  }

  #line(sentence: string, thing: Thing, value: Value, language: Language): string {
    const bare =
      value.kind === 'money' ? this.#random.pick(this.#book.spellings.bare(value, language)) : '';
    return fill(sentence, {
      n: this.#named(thing.name),
      v: this.#spelled(value, language),
      b: bare,
    });
  }

  /** A name as it may be typed. */
  #named(name: string): string {
    const chance = this.#random.next();
    if (chance < 0.15) return name.toLowerCase();
    if (chance < 0.2) return name.normalize('NFD').replace(/\p{M}/gu, '');
    return chance < 0.3 && name !== '' ? `*${name}*` : name;
  }

  #spelled(value: Value, language: Language): string {
    if (language === 'pt') return written(value, this.#book.spellings, this.#random);
    const spell = this.#book.spellings.ways[value.kind] as (
      value: Value,
      language: Language,
    ) => readonly string[];
    return this.#random.pick(spell(value, language));
  }

  #two(shop: Shop): readonly [Thing, Thing] {
    const one = this.#random.pick(shop.things);
    return [one, this.#random.pick(shop.things.filter((thing) => thing !== one))];
  }
}

function centsOf({ facts: { price } }: Thing): number {
  return price?.kind === 'money' ? price.cents : 0;
}

/** Whether anything of the shop has the value, or one that is written alike. */
function isKnown(value: Value, shop: Shop): boolean {
  const known = [shop.house, ...shop.things].flatMap(({ facts }) => Object.values(facts));
  return known.some(
    (other) => isSame(other, value) || isSameMoney(other, value) || isSameDay(other, value),
  );
}

function isSameMoney(one: Value, other: Value): boolean {
  const cents = (value: Value): number | undefined =>
    value.kind === 'money' || value.kind === 'plan' ? value.cents : undefined;
  return one.kind !== other.kind && cents(one) !== undefined && cents(one) === cents(other);
}

function isSameDay(one: Value, other: Value): boolean {
  return one.kind === 'day' && other.kind === 'day' && one.day === other.day;
}

function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w)\}/gu, (all, key: string) => values[key] ?? all);
}
