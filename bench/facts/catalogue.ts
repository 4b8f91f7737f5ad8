import { type Field, type Shop, type Spellings, type Thing } from './phrasebook.ts';
import { type SeededRandom } from '../support/seeded-random.ts';
import { type Text } from './shop-corpus.ts';
import { type Value } from './value.ts';

/** How an owner lays out a file. */
type Layout = 'sheets' | 'list' | 'table' | 'prose' | 'questions';

/** A shop as it is written down in this repository. */
export interface Catalogue {
  readonly name: string;
  readonly title: string;
  readonly layout: Layout;
  readonly house: Readonly<Partial<Record<Field, Value>>>;
  readonly items: readonly (readonly [string, Readonly<Partial<Record<Field, Value>>>])[];
}

export const money = (reais: number): Value => ({ kind: 'money', cents: Math.round(reais * 100) });
export const plan = (times: number, reais: number): Value => ({
  kind: 'plan',
  times,
  cents: Math.round(reais * 100),
});
export const day = (year: number, month: number, dayOfMonth: number): Value => ({
  kind: 'day',
  year,
  month,
  day: dayOfMonth,
});
export const minutes = (count: number): Value => ({ kind: 'minutes', minutes: count });
export const hours = (count: number): Value => ({ kind: 'count', count, unit: 'hours' });
export const months = (count: number): Value => ({ kind: 'count', count, unit: 'months' });
export const days = (count: number): Value => ({ kind: 'count', count, unit: 'days' });
export const people = (count: number): Value => ({ kind: 'count', count, unit: 'people' });
export const places = (count: number): Value => ({ kind: 'count', count, unit: 'places' });
export const grams = (count: number): Value => ({ kind: 'count', count, unit: 'grams' });
export const percent = (count: number): Value => ({ kind: 'percent', percent: count });
export const exact = (text: string): Value => ({ kind: 'exact', text });
export const phone = (digits: string): Value => ({ kind: 'phone', digits });
export const open = (from: number, to: number): Value => ({
  kind: 'open',
  from: Math.round(from * 60),
  to: Math.round(to * 60),
});

/** The owner's words for the fields in a file. */
export type OwnerWords = Readonly<Record<Field, string>>;

/** A shop with its files written out, each value in the first of the owner's ways. */
export function shopOf(
  catalogue: Catalogue,
  words: OwnerWords,
  owner: Spellings,
  random: SeededRandom,
): Shop {
  const write = (value: Value): string => written(value, owner, random);
  const house: Text = {
    id: `${catalogue.name}/loja.txt`,
    title: catalogue.title,
    text: [`# ${catalogue.title}`, '', ...linesOf(catalogue.house, words, write)].join('\n'),
  };
  const texts = itemTexts(catalogue, words, write);
  const things: Thing[] = catalogue.items.map(([name, facts], place) => ({
    name,
    facts,
    texts: texts.length === 1 ? texts : texts.slice(place, place + 1),
  }));
  return {
    name: catalogue.name,
    things,
    house: { name: '', facts: catalogue.house, texts: [house] },
    texts: [house, ...texts],
  };
}

type Write = (value: Value) => string;

function itemTexts(
  { name, title, layout, items }: Catalogue,
  words: OwnerWords,
  write: Write,
): readonly Text[] {
  const whole = (body: readonly string[]): readonly Text[] => [
    { id: `${name}/itens.txt`, title, text: [`# ${title}`, '', ...body].join('\n') },
  ];
  switch (layout) {
    case 'sheets':
      return items.map(([item, facts], place) => ({
        id: `${name}/${place + 1}.txt`,
        title: item,
        text: [`# ${item}`, '', ...linesOf(facts, words, write)].join('\n'),
      }));
    case 'list':
      return whole(items.map(([item, facts]) => `• ${item}: ${inline(facts, words, write)}`));
    case 'table':
      return whole(tableOf(items, words, write));
    case 'prose':
      return items.map(([item, facts], place) => ({
        id: `${name}/${place + 1}.txt`,
        title: item,
        text: `${item}\n\nO ${item} é um dos mais procurados. ${sentence(facts, words, write)}`,
      }));
    case 'questions':
      return whole(
        items.flatMap(([item, facts]) => [
          `P: Quero saber do ${item}, como funciona?`,
          `R: ${item}: ${inline(facts, words, write)}.`,
          '',
        ]),
      );
  }
}

function linesOf(facts: Thing['facts'], words: OwnerWords, write: Write): readonly string[] {
  return entriesOf(facts).map(([field, value]) => `${words[field]}: ${write(value)}`);
}

function inline(facts: Thing['facts'], words: OwnerWords, write: Write): string {
  return entriesOf(facts)
    .map(([field, value]) => (field === 'price' ? write(value) : `${words[field]} ${write(value)}`))
    .join(', ');
}

function sentence(facts: Thing['facts'], words: OwnerWords, write: Write): string {
  return linesOf(facts, words, write)
    .map((line) => `${line}.`)
    .join(' ');
}

function tableOf(items: Catalogue['items'], words: OwnerWords, write: Write): readonly string[] {
  const fields = [...new Set(items.flatMap(([, facts]) => entriesOf(facts).map(([name]) => name)))];
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['Item', ...fields.map((field) => words[field])]),
    row(['---', ...fields.map(() => '---')]),
    ...items.map(([name, facts]) =>
      row([
        name,
        ...fields.map((field) => {
          const value = facts[field];
          return value === undefined ? '-' : write(value);
        }),
      ]),
    ),
  ];
}

function entriesOf(facts: Thing['facts']): readonly [Field, Value][] {
  return Object.entries(facts) as [Field, Value][];
}

/** A value in one of the ways of whoever writes. */
export function written(value: Value, { ways }: Spellings, random: SeededRandom): string {
  const spell = ways[value.kind] as (value: Value, language: 'pt') => readonly string[];
  return random.pick(spell(value, 'pt'));
}
