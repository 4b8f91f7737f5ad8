import { type SeededRandom } from '../support/seeded-random.ts';
import { type Text } from './shop-corpus.ts';
import { type Kind, type Value } from './value.ts';

export type Language = 'pt' | 'es' | 'en';

export type Field =
  | 'price'
  | 'pix'
  | 'plan'
  | 'starts'
  | 'lasts'
  | 'hours'
  | 'warranty'
  | 'serves'
  | 'places'
  | 'weight'
  | 'opens'
  | 'link'
  | 'phone'
  | 'email'
  | 'key'
  | 'discount'
  | 'fee'
  | 'answer';

/** Something sold, with what is true of it; the shop itself has no name here. */
export interface Thing {
  readonly name: string;
  readonly facts: Readonly<Partial<Record<Field, Value>>>;
  readonly texts: readonly Text[];
}

export interface Shop {
  readonly name: string;
  readonly things: readonly Thing[];
  readonly house: Thing;
  readonly texts: readonly Text[];
}

/** Ways to say a field: `{n}` is the name, `{v}` the value, `{b}` the value as a bare number. */
export type Sentences = Readonly<Partial<Record<Field, readonly string[]>>>;

type Spell<K extends Kind> = (
  value: Extract<Value, { readonly kind: K }>,
  language: Language,
) => readonly string[];

/** All ways in which a kind is written; `bare` is money as a number without any sign. */
export interface Spellings {
  readonly ways: { readonly [K in Kind]: Spell<K> };
  readonly bare: Spell<'money'>;
}

/** What the customer says, and the reply that believes it. `{m}` is an amount that is nowhere else. */
export type Bait = readonly [question: string, reply: string];

/** A sum that a reply spells out: what it says of two things, and how much comes out. */
export interface Sum {
  /** `{a}` and `{b}` are the prices, `{k}` a count, `{s}` the outcome; `{n}` and `{o}` the names. */
  readonly text: string;
  readonly outcome: (one: number, other: number, count: number) => number;
}

/** What the contact or a person of the business said before, and the reply that repeats it. */
export interface Memory {
  readonly said: string;
  readonly by: 'customer' | 'business' | 'agent';
  readonly reply: string;
}

/** One way of talking; two of them share no sentence. */
export interface Phrasebook {
  readonly name: string;
  readonly shops: (random: SeededRandom) => readonly Shop[];
  readonly sentences: Readonly<Record<Language, Sentences>>;
  /** One line a field, below a line with the name. */
  readonly labels: Sentences;
  readonly openings: Readonly<Record<Language, readonly string[]>>;
  readonly closings: Readonly<Record<Language, readonly string[]>>;
  /** The prices of two things in one sentence: `{n}` `{v}`, `{o}` `{w}`. */
  readonly pairs: readonly string[];
  readonly spellings: Spellings;
  readonly baits: readonly Bait[];
  readonly sums: readonly Sum[];
  readonly memories: readonly Memory[];
}
