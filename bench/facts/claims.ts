import { type SeededRandom } from '../support/seeded-random.ts';
import { type Item } from './shop-corpus.ts';
import { type Language, spellDate, spellMoney } from './spellings.ts';

/** What can be said of an item. */
export type Field = 'price' | 'pix' | 'each' | 'starts' | 'hours' | 'months' | 'link';

type Sentences = Readonly<Record<Language, readonly string[]>>;

/** `{n}` is the item's name, `{v}` the value, `{t}` how many instalments, `{l}` a link without scheme. */
const SENTENCES: Readonly<Record<Field, Sentences>> = {
  price: {
    pt: [
      'O {n} custa {v}.',
      'O valor do {n} é {v} 😉',
      '{n}: {v}',
      '- {n} – {v}',
      'Por {v} você leva o {n}.',
    ],
    es: ['{n} cuesta {v}.', 'El precio de {n} es {v}.'],
    en: ['{n} costs {v}.', 'The price of {n} is {v}.'],
  },
  pix: {
    pt: ['No Pix o {n} sai por {v}.', '{n} no Pix: {v}', 'Pagando {n} no Pix fica {v}, tá?'],
    es: ['Con Pix, {n} queda en {v}.'],
    en: ['With Pix, {n} is {v}.'],
  },
  each: {
    pt: [
      'O {n} pode ser em até {t}x de {v}.',
      '{n}: {t} vezes de {v}',
      'Parcelamos o {n} em {t} x {v} sem juros.',
    ],
    es: ['{n}: {t} cuotas de {v}.'],
    en: ['{n}: {t} installments of {v}.'],
  },
  starts: {
    pt: ['A turma do {n} começa {v}.', '{n}: início em {v}'],
    es: ['{n} empieza el {v}.'],
    en: ['{n} starts on {v}.'],
  },
  hours: {
    pt: ['O {n} tem {v} horas.', '{n}: {v}h de aula', 'São {v} horas no {n}.'],
    es: ['{n} dura {v} horas.'],
    en: ['{n} takes {v} hours.'],
  },
  months: {
    pt: ['O {n} tem garantia de {v} meses.', '{n}: {v} meses de garantia'],
    es: ['{n} tiene {v} meses de garantía.'],
    en: ['{n} has a {v} month warranty.'],
  },
  link: {
    pt: ['Inscrição no {n}: {v}', 'Para o {n}, acesse {l}.'],
    es: ['{n}: {v}'],
    en: ['{n}: {v}'],
  },
};

const OPENINGS: Sentences = {
  pt: [
    'Oi! Só 1 minuto que já te explico 😊',
    'Sobre o {n}:',
    '*{n}*',
    '',
    'Claro! São 2 informações:',
  ],
  es: ['¡Hola! Con gusto.', 'Sobre {n}:', ''],
  en: ['Sure!', 'About {n}:', ''],
};

/** The fields that an item has. */
export function fieldsOf(item: Item): readonly Field[] {
  return (Object.keys(SENTENCES) as Field[]).filter((field) => item[field] !== undefined);
}

/** One field of an item in a sentence. */
export function claim(item: Item, field: Field, language: Language, random: SeededRandom): string {
  return fill(random.pick(SENTENCES[field][language]), {
    n: item.name,
    v: spelled(item, field, language, random),
    t: String(item.times ?? ''),
    l: (item.link ?? '').replace('https://', ''),
  });
}

/** How a reply begins. */
export function opening({ name }: Item, language: Language, random: SeededRandom): string {
  return fill(random.pick(OPENINGS[language]), { n: name });
}

function spelled(item: Item, field: Field, language: Language, random: SeededRandom): string {
  if (field === 'starts') return spellDate(item.starts ?? [2000, 1, 1], language, random);
  const value = item[field] ?? '';
  const isMoney = field === 'price' || field === 'pix' || field === 'each';
  return isMoney ? spellMoney(Number(value), language, random) : String(value);
}

function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w)\}/gu, (_, key: string) => values[key] ?? '');
}
