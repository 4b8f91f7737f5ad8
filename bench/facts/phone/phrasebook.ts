import { type OwnerWords, shopOf } from '../catalogue.ts';
import { type Phrasebook } from '../phrasebook.ts';
import {
  PHONE_CLOSINGS,
  PHONE_LABELS,
  PHONE_OPENINGS,
  PHONE_PAIRS,
  PHONE_SENTENCES,
} from './sentences.ts';
import { PHONE_CATALOGUES } from './shops.ts';
import { PHONE_OWNER, PHONE_SPELLINGS } from './spellings.ts';
import { PHONE_BAITS, PHONE_MEMORIES, PHONE_SUMS } from './talk.ts';

const OWNER_WORDS: OwnerWords = {
  price: 'custa',
  pix: 'Pix',
  plan: 'no cartão em',
  starts: 'saída',
  lasts: 'leva',
  hours: 'são',
  warranty: 'garantia de',
  serves: 'comporta',
  places: 'com',
  weight: 'pesa',
  opens: 'Aberto',
  link: 'veja em',
  phone: 'WhatsApp',
  email: 'Contato',
  key: 'Chave para pagamento',
  discount: 'Quem paga à vista tem desconto de',
  fee: 'Taxa de visita',
  answer: 'Prazo de entrega',
};

/** A third lot of shops and words. Measured once before anything was mended on it. */
export const PHONE: Phrasebook = {
  name: 'phone',
  shops: (random) =>
    PHONE_CATALOGUES.map((catalogue) => shopOf(catalogue, OWNER_WORDS, PHONE_OWNER, random)),
  sentences: PHONE_SENTENCES,
  labels: PHONE_LABELS,
  openings: PHONE_OPENINGS,
  closings: PHONE_CLOSINGS,
  pairs: PHONE_PAIRS,
  spellings: PHONE_SPELLINGS,
  baits: PHONE_BAITS,
  sums: PHONE_SUMS,
  memories: PHONE_MEMORIES,
};
