import { type Fact, type FactKind } from './fact.ts';

const DENIED =
  /\bnao (?:e|custa|sai por|vale|fazemos por|consigo por|temos por|chega a) (?:de |por |so )?$/u;
const REPORTED =
  /(?:\bvoce|\bseu|\bsua|\bpediu|\bprefere|\bquer|\banot|\bpedido|\busted|\byou|\byour)[^.!?\n]{0,40}$/u;
const AS_PRICE =
  /(?:\bpor|\bcusta|\bsai|\bfica|\bvalor|\bpreco|\btotal|\bapenas|\bso|\bpagar?|\bdesconto)[^.!?\n]{0,14}$/u;
const AS_KEY = /(?:\bpix|\bchave|\bpag[aou]|\btransf|\bdeposit|\bpay|\bclave)[^\n]{0,50}$/u;
const BEHIND_KEY = /^[^\n.!?]{0,24}\b(?:pix|chave)\b/u;

const OF_SHOP =
  /\b(?:abr[ei]|aberto|fech|funcion|atend|horario|aulas?\b|turma|curso|comec|inici|encontro|evento|palestra|sessao|check|open|close|start|begin|class|empieza)[^.!?\n]{0,50}$/u;

/** A fact in its text. */
export interface Place {
  readonly fact: Fact;
  readonly folded: string;
}

/** What money can be sent to. */
const KEYS: ReadonlySet<FactKind> = new Set<FactKind>(['email', 'digits', 'pix_key']);

/**
 * Whether a reply may say again what only the customer has said: numbers and names, the day that
 * the customer wants; no price, discount, instalment, link or payment key, unless it denies the price.
 *
 * @param said - Where the customer said it: what was offered as a key there is none of the customer's data.
 */
export function isCustomersToRepeat(place: Place, said: readonly Place[]): boolean {
  if (KEYS.has(place.fact.kind) && said.some(isKey)) return false;
  return RULES[place.fact.kind](beforeOf(place), place.fact);
}

function isKey(place: Place): boolean {
  const { end } = place.fact;
  return AS_KEY.test(beforeOf(place)) || BEHIND_KEY.test(place.folded.slice(end, end + 40));
}

function beforeOf({ fact, folded }: Place): string {
  return folded.slice(Math.max(0, fact.start - 60), fact.start);
}

type Rule = (before: string, fact: Fact) => boolean;

const never: Rule = () => false;
/** When the customer comes is the customer's to say; when the shop opens is not. */
const notOfShop: Rule = (before, fact) => !OF_SHOP.test(before) || asWish(before, fact);
const asWish: Rule = (before, { unit }) => unit === 'relative' || REPORTED.test(before);
const notAsKey: Rule = (before) => !AS_KEY.test(before);

const RULES: Readonly<Record<FactKind, Rule>> = {
  money: (before) => DENIED.test(before),
  instalment: never,
  percent: never,
  link: never,
  pix_key: never,
  pix_code: never,
  date: asWish,
  month: asWish,
  weekday: asWish,
  time: notOfShop,
  email: notAsKey,
  digits: notAsKey,
  quantity: (_before, { unit }) => unit !== 'x',
  number: (before) => !AS_PRICE.test(before),
  code: () => true,
};
