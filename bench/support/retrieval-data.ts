import { readFileSync } from 'node:fs';

import { type Passage } from '../../src/domain/knowledge/passage.ts';

/** A question and the ids of the passages that answer it. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly relevant: readonly string[];
}

interface CorpusLine {
  readonly id: string;
  readonly text: string;
  readonly title?: string;
  readonly doc?: string;
}

type QuestionLine = Partial<Question> & { readonly text: string };

/** The passages of a file of `{"id","text","title","doc"}` lines, as the service would have them. */
export function readCorpus(file: string): readonly Passage[] {
  return (readLines(file) as readonly CorpusLine[]).map(({ id, text, title = '', doc = '' }) => ({
    id,
    document: doc,
    title,
    section: '',
    text,
  }));
}

/** The questions of a file of `{"id","text","relevant"}` lines. */
export function readQuestions(file: string): readonly Question[] {
  return (readLines(file) as readonly QuestionLine[]).map(({ id, text, relevant }, index) => ({
    id: id ?? String(index),
    text,
    relevant: relevant ?? [],
  }));
}

function readLines(file: string): readonly unknown[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown);
}
