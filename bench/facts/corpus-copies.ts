import { type SeededRandom } from '../support/seeded-random.ts';
import { type Corpus, type Text } from './shop-corpus.ts';

/** Some sentences of one text. */
export interface Copy {
  readonly reply: string;
  readonly passage: Text;
  readonly corpus: Corpus;
}

/** One to three sentences in a row of any text. */
export function copied(corpora: readonly Corpus[], random: SeededRandom): Copy {
  const corpus = random.pick(corpora);
  const passage = random.pick(corpus.texts);
  const sentences = passage.text
    .split(/(?<=[.!?])\s+|\n+/u)
    .filter((sentence) => sentence.trim() !== '');
  const start = random.below(sentences.length);
  return { reply: sentences.slice(start, start + 1 + random.below(3)).join(' '), passage, corpus };
}

const FACT_LIKE = [
  /\d{1,2}\/\d{1,2}(?:\/\d{2,4})?/gu,
  /\d{1,2}h(?:\d{2})?/gu,
  /\d+(?:[.,]\d+)?\s?%/gu,
  /R\$\s?[\d.]+(?:,\d\d)?/gu,
  /\(\d\d\)\s?\d{4,5}-\d{4}/gu,
  /\b[A-Z]{1,4}-?\d{2,5}\b/gu,
  /(?<![\w.,])\d{2,4}(?![\w/]|[.,]\d)/gu,
  /\b\d+ (?:meses|dias|horas|pessoas|quilos|kg|km|anos|minutos|months|days|hours|años|días)\b/gu,
] as const;

/** A copy with one figure of any kind changed to one that the shown texts do not hold. */
export function alteredCopy(
  reply: string,
  shown: string,
  random: SeededRandom,
): string | undefined {
  const found = [...reply.matchAll(random.pick(FACT_LIKE))];
  if (found.length === 0) return undefined;
  const { 0: fact, index } = random.pick(found);
  const places = [...fact.matchAll(/\d/gu)].map((digit) => digit.index);
  const place = random.pick(places);
  for (let attempt = 0; attempt < 9; attempt += 1) {
    const digit = String(random.below(10));
    const other = `${fact.slice(0, place)}${digit}${fact.slice(place + 1)}`;
    const isPlausible =
      !/(?<!\d)0\d{2,}|(?<!\d)[04-9]\d\/|\/[2-9]\d(?!\d)|(?<!\d)[3-9]\dh|(?<!\d)2[5-9]h/u.test(
        other,
      );
    if (other !== fact && isPlausible && !standsIn(other, shown)) {
      return `${reply.slice(0, index)}${other}${reply.slice(index + fact.length)}`;
    }
  }
  return undefined;
}

/** Whether each number of a fact stands, as a number of its own, in the shown texts. */
function standsIn(fact: string, shown: string): boolean {
  const numbers = fact.match(/\d+(?:[.,]\d+)*/gu) ?? [];
  return numbers.every((number) =>
    new RegExp(
      `(?<![\\d.,])0*${number.replace(/^0+(?=\d)/u, '').replaceAll('.', '\\.')}(?![\\d]|[.,]\\d)`,
      'u',
    ).test(shown),
  );
}

/** The same sentences as a person would retype them: amounts, hours and dates in another form. */
export function retyped(reply: string, random: SeededRandom): string {
  return reply
    .replace(/R\$\s?([\d.]+),(\d\d)(?!\d)/gu, (all, whole: string, cents: string) =>
      random.pick([all, `R$${whole.replace('.', '')},${cents}`, `${whole},${cents} reais`]),
    )
    .replace(/R\$ (\d+)(?![\d.,]*\d)/gu, (all, whole: string) =>
      random.pick([all, `${whole} reais`, `R$${whole},00`, `R$ ${whole},-`]),
    )
    .replace(/\b(\d{1,2})h(?!\w)/gu, (all, hour: string) =>
      random.pick([
        all,
        Number(hour) > 5 && Number(hour) < 24 ? `${hour.padStart(2, '0')}:00` : all,
      ]),
    )
    .replace(/\b(\d+)% /gu, (all, percent: string) =>
      random.pick([all, `${percent} % `, `${percent} por cento `]),
    );
}
