import { type OwnerWords, shopOf } from '../catalogue.ts';
import { type Phrasebook } from '../phrasebook.ts';
import {
  STREET_CLOSINGS,
  STREET_LABELS,
  STREET_OPENINGS,
  STREET_PAIRS,
  STREET_SENTENCES,
} from './sentences.ts';
import { STREET_CATALOGUES } from './shops.ts';
import { STREET_OWNER, STREET_SPELLINGS } from './spellings.ts';
import { STREET_BAITS, STREET_MEMORIES, STREET_SUMS } from './talk.ts';

const OWNER_WORDS: OwnerWords = {
  price: 'Valor',
  pix: 'No Pix',
  plan: 'Cartão',
  starts: 'Início',
  lasts: 'Duração',
  hours: 'Carga horária',
  warranty: 'Garantia',
  serves: 'Serve',
  places: 'Turma',
  weight: 'Peso',
  opens: 'Horário',
  link: 'Inscrição',
  phone: 'Telefone',
  email: 'E-mail',
  key: 'Chave Pix',
  discount: 'Desconto no Pix',
  fee: 'Taxa',
  answer: 'Prazo',
};

/** How shops and their customers write on WhatsApp. The check was mended on what it missed here. */
export const STREET: Phrasebook = {
  name: 'street',
  shops: (random) =>
    STREET_CATALOGUES.map((catalogue) => shopOf(catalogue, OWNER_WORDS, STREET_OWNER, random)),
  sentences: STREET_SENTENCES,
  labels: STREET_LABELS,
  openings: STREET_OPENINGS,
  closings: STREET_CLOSINGS,
  pairs: STREET_PAIRS,
  spellings: STREET_SPELLINGS,
  baits: STREET_BAITS,
  sums: STREET_SUMS,
  memories: STREET_MEMORIES,
};
