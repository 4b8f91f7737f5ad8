import { type OwnerWords, shopOf } from '../catalogue.ts';
import { type Phrasebook } from '../phrasebook.ts';
import {
  COUNTER_CLOSINGS,
  COUNTER_LABELS,
  COUNTER_OPENINGS,
  COUNTER_PAIRS,
  COUNTER_SENTENCES,
} from './sentences.ts';
import { COUNTER_CATALOGUES } from './shops.ts';
import { COUNTER_OWNER, COUNTER_SPELLINGS } from './spellings.ts';
import { COUNTER_BAITS, COUNTER_MEMORIES, COUNTER_SUMS } from './talk.ts';

const OWNER_WORDS: OwnerWords = {
  price: 'Preço',
  pix: 'À vista no Pix',
  plan: 'Parcelado',
  starts: 'Data',
  lasts: 'Tempo de serviço',
  hours: 'Total de aulas',
  warranty: 'Tempo de garantia',
  serves: 'Acomoda',
  places: 'Capacidade',
  weight: 'Massa',
  opens: 'Atendimento',
  link: 'Página',
  phone: 'Fone',
  email: 'Correio eletrônico',
  key: 'Pix',
  discount: 'Desconto à vista',
  fee: 'Taxa de entrega',
  answer: 'Fica pronto em',
};

/** Other shops in other words. Measured once before anything was mended on it. */
export const COUNTER: Phrasebook = {
  name: 'counter',
  shops: (random) =>
    COUNTER_CATALOGUES.map((catalogue) => shopOf(catalogue, OWNER_WORDS, COUNTER_OWNER, random)),
  sentences: COUNTER_SENTENCES,
  labels: COUNTER_LABELS,
  openings: COUNTER_OPENINGS,
  closings: COUNTER_CLOSINGS,
  pairs: COUNTER_PAIRS,
  spellings: COUNTER_SPELLINGS,
  baits: COUNTER_BAITS,
  sums: COUNTER_SUMS,
  memories: COUNTER_MEMORIES,
};
