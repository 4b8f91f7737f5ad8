import { type OwnerWords, shopOf } from '../catalogue.ts';
import { type Phrasebook } from '../phrasebook.ts';
import {
  UNSEEN_CLOSINGS,
  UNSEEN_LABELS,
  UNSEEN_OPENINGS,
  UNSEEN_PAIRS,
  UNSEEN_SENTENCES,
} from './sentences.ts';
import { UNSEEN_CATALOGUES } from './shops.ts';
import { UNSEEN_OWNER, UNSEEN_SPELLINGS } from './spellings.ts';
import { UNSEEN_BAITS, UNSEEN_MEMORIES, UNSEEN_SUMS } from './talk.ts';

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

/** Other shops in other words. Nothing was mended on what the check misses here. */
export const UNSEEN: Phrasebook = {
  name: 'unseen',
  shops: (random) =>
    UNSEEN_CATALOGUES.map((catalogue) => shopOf(catalogue, OWNER_WORDS, UNSEEN_OWNER, random)),
  sentences: UNSEEN_SENTENCES,
  labels: UNSEEN_LABELS,
  openings: UNSEEN_OPENINGS,
  closings: UNSEEN_CLOSINGS,
  pairs: UNSEEN_PAIRS,
  spellings: UNSEEN_SPELLINGS,
  baits: UNSEEN_BAITS,
  sums: UNSEEN_SUMS,
  memories: UNSEEN_MEMORIES,
};
