import { join } from 'node:path';

import { type Said } from '../../src/domain/knowledge/earlier.ts';
import { type Passage } from '../../src/domain/knowledge/passage.ts';
import { type Question, readQuestions } from './retrieval-data.ts';

/** A question that goes on from what was said. */
export interface FollowUp extends Question {
  readonly said: readonly Said[];
}

/** What is asked of a product sheet once its product is clear, with the word that asks it. */
const ASIDES: readonly (readonly [word: string, question: string])[] = [
  ['custa', 'e quanto custa?'],
  ['garantia', 'e a garantia é de quantos meses?'],
  ['estoque', 'tem em estoque?'],
  ['pix', 'quanto fica no pix?'],
  ['parcela', 'dá pra parcelar?'],
];

/** Words of the same first letters are the same word, in other forms. */
const STEM = 5;

/** Questions of the shop's product sheets, each followed by an aside that does not name the product. */
export function productFollowUps(folder: string): readonly FollowUp[] {
  const questions = readQuestions(join(folder, 'loja/queries.jsonl'));
  return questions
    .filter(({ id }) => !id.includes('-faq-'))
    .map((first, index) => {
      const fitting = ASIDES.filter(([word]) => !first.text.includes(word));
      const [, text = ''] = fitting[index % fitting.length] ?? [];
      return followUp(first, text);
    });
}

/** Pairs of questions with the same answer, the second without the words that the first has said. */
export function pairedFollowUps(folder: string, set: string): readonly FollowUp[] {
  const questions = readQuestions(join(folder, set, 'queries.jsonl'));
  return questions.flatMap((first, index) => {
    const second = questions[index + 1];
    if (second === undefined || second.relevant[0] !== first.relevant[0]) return [];
    const text = withoutSaid(second.text, first.text);
    return text === undefined ? [] : [followUp(first, text)];
  });
}

/**
 * Each question after a talk about something else: another question of the pool, about another
 * document, and the text that answers it.
 */
export function afterOtherTalk(
  questions: readonly Question[],
  pool: readonly Question[],
  passages: ReadonlyMap<string, Passage>,
): readonly FollowUp[] {
  const answerTo = ({ relevant }: Question): Passage | undefined => passages.get(relevant[0] ?? '');
  return questions.map((question, index) => {
    const own = answerTo(question)?.document;
    const from = (index + Math.floor(pool.length / 3)) % pool.length;
    const others = [...pool.slice(from), ...pool.slice(0, from)];
    const other = others.find((one) => answerTo(one)?.document !== own);
    const answer = other && answerTo(other)?.text;
    const said = [
      { text: other?.text ?? '', byCustomer: true },
      { text: answer ?? '', byCustomer: false },
    ];
    return { ...question, said };
  });
}

function followUp(first: Question, text: string): FollowUp {
  const said = [{ text: first.text, byCustomer: true }];
  return { id: `${first.id}+`, text, relevant: first.relevant, said };
}

/** `undefined` where nothing was said before, or nothing is left. */
function withoutSaid(text: string, before: string): string | undefined {
  const said = new Set(longWords(before).map((word) => word.slice(0, STEM)));
  const words = text.split(/\s+/u);
  const left = words.filter((word) => !longWords(word).some((one) => said.has(one.slice(0, STEM))));
  if (left.length === words.length || longWords(left.join(' ')).length === 0) return undefined;
  return left[0]?.toLowerCase() === 'e' ? left.join(' ') : `e ${left.join(' ')}`;
}

function longWords(text: string): readonly string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.match(/[a-z0-9]{4,}/gu) ?? [];
}
