import { foldInPlace } from '../../facts/folding.ts';
import { withoutPersonalData } from '../../personal-data.ts';
import { queryWords } from '../terms.ts';

/** How a question was answered. */
export interface AnsweredQuestion {
  readonly question: string;
  /** Of the passages that the model was shown. */
  readonly scores: readonly number[];
  readonly reply: string;
  /** Whether the reply was not sent, for facts that stand nowhere. */
  readonly withheld: boolean;
}

/** A customer's words, and how their profile is called. */
export interface AskedQuestion {
  readonly text: string;
  readonly name?: string;
}

/** What several customers asked, in the words of the last of them. */
export interface QuestionGroup {
  readonly question: string;
  readonly count: number;
}

const ADMITS = [
  /\bnao (?:tenho|temos|encontrei|achei|localizei|possuo|possuimos|disponho|consta)\b[^.!?\n]{0,40}\b(?:informac|detalhe|dado|resposta|registro)/u,
  /\bnao (?:sei|saberia|consigo) (?:te |lhe )?(?:dizer|informar|responder|confirmar)\b/u,
  /\bnao (?:tenho|encontrei|achei) (?:ess[ae]|est[ae]|nada)\b/u,
];

/** Longer ones say nothing more to their reader. */
const SHOWN = 160;
const GROUPS = 30;

const asIs = (word: string): string => word;

/** Whether a customer asked something that the texts do not answer; a greeting asks nothing. */
export function isUnanswered({ question, scores, reply, withheld }: AnsweredQuestion): boolean {
  const words = queryWords(question, asIs);
  if (words.length === 0 || (words.length < 2 && !question.includes('?'))) return false;
  if (withheld || scores.every((score) => score <= 0)) return true;
  const folded = foldInPlace(reply);
  return ADMITS.some((pattern) => pattern.test(folded));
}

/**
 * The same question of several customers as one, what was asked most first, without what tells who asked.
 *
 * @param asked - The newest first.
 */
export function groupQuestions(asked: readonly AskedQuestion[]): readonly QuestionGroup[] {
  const groups = new Map<string, { question: string; count: number }>();
  for (const { text, name } of asked) {
    const key = keyOf(text);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { question: shown(text, name), count: 1 });
    else group.count += 1;
  }
  return [...groups.values()].sort((one, other) => other.count - one.count).slice(0, GROUPS);
}

function keyOf(text: string): string {
  const terms = queryWords(withoutPersonalData(text), singular).map(({ term }) => term);
  return terms.sort().join(' ');
}

function singular(word: string): string {
  return word.replace(/s$/u, '');
}

function shown(text: string, name: string | undefined): string {
  const masked = withoutPersonalData(text, name).replace(/\s+/gu, ' ').trim();
  return masked.length <= SHOWN ? masked : `${masked.slice(0, SHOWN).trimEnd()}…`;
}
