import { type OwnerWords, shopOf } from '../catalogue.ts';
import { COUNTER_OWNER, COUNTER_SPELLINGS } from '../counter/spellings.ts';
import { type Phrasebook } from '../phrasebook.ts';
import { STREET_SPELLINGS } from '../street/spellings.ts';
import {
  TILL_CLOSINGS,
  TILL_LABELS,
  TILL_OPENINGS,
  TILL_PAIRS,
  TILL_SENTENCES,
} from './sentences.ts';
import { TILL_CATALOGUES } from './shops.ts';
import { TILL_BAITS, TILL_MEMORIES, TILL_SUMS } from './talk.ts';

const OWNER_WORDS: OwnerWords = {
  price: 'Preço',
  pix: 'Pix',
  plan: 'Parcelas',
  starts: 'Estreia',
  lasts: 'Duração',
  hours: 'Cobertura',
  warranty: 'Garantia',
  serves: 'Porção para',
  places: 'Turma de',
  weight: 'Peso',
  opens: 'Funcionamento',
  link: 'Mais em',
  phone: 'Tel.',
  email: 'E-mail',
  key: 'Pix',
  discount: 'À vista',
  fee: 'Entrega',
  answer: 'Prazo',
};

/** A fourth lot of shops and sentences, spelled as `street` is. Measured once before anything was mended on it. */
export const TILL: Phrasebook = {
  name: 'till',
  shops: (random) =>
    TILL_CATALOGUES.map((catalogue) => shopOf(catalogue, OWNER_WORDS, COUNTER_OWNER, random)),
  sentences: TILL_SENTENCES,
  labels: TILL_LABELS,
  openings: TILL_OPENINGS,
  closings: TILL_CLOSINGS,
  pairs: TILL_PAIRS,
  spellings: {
    ...STREET_SPELLINGS,
    ways: { ...STREET_SPELLINGS.ways, open: COUNTER_SPELLINGS.ways.open },
  },
  baits: TILL_BAITS,
  sums: TILL_SUMS,
  memories: TILL_MEMORIES,
};
