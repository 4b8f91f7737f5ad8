import { type Question } from './retrieval-data.ts';

/** The ids that a question found, best first, at most ten. */
export interface Run {
  readonly question: Question;
  readonly hits: readonly string[];
  readonly ms: number;
  /** Of this thread. */
  readonly cpuMs: number;
}

/** Quality in percent, means over the questions. */
export interface Quality {
  readonly r1: number;
  readonly r3: number;
  readonly r5: number;
  readonly mrr: number;
  readonly ndcg: number;
}

/** R@k is the share of questions with an answer among the first k; MRR and nDCG look at the first ten. */
export function qualityOf(runs: readonly Run[]): Quality {
  const mean = (measure: (run: Run) => number): number =>
    (100 * runs.reduce((sum, run) => sum + measure(run), 0)) / Math.max(1, runs.length);
  return {
    r1: mean((run) => (rankOf(run) <= 1 ? 1 : 0)),
    r3: mean((run) => (rankOf(run) <= 3 ? 1 : 0)),
    r5: mean((run) => (rankOf(run) <= 5 ? 1 : 0)),
    mrr: mean((run) => 1 / rankOf(run)),
    ndcg: mean(ndcgOf),
  };
}

/** The plain mean of several. */
export function meanQuality(all: readonly Quality[]): Quality {
  const mean = (measure: (quality: Quality) => number): number =>
    all.reduce((sum, quality) => sum + measure(quality), 0) / all.length;
  return {
    r1: mean(({ r1 }) => r1),
    r3: mean(({ r3 }) => r3),
    r5: mean(({ r5 }) => r5),
    mrr: mean(({ mrr }) => mrr),
    ndcg: mean(({ ndcg }) => ndcg),
  };
}

export function qualityLine({ r1, r3, r5, mrr, ndcg }: Quality): string {
  const figures = [r1, r3, r5, mrr, ndcg].map((value) => value.toFixed(1).padStart(6));
  return figures.join(' ');
}

export const QUALITY_HEADING = '   R@1    R@3    R@5 MRR@10 nDCG@10';

/** The value below which so many of a hundred lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

function rankOf({ question, hits }: Run): number {
  const at = hits.findIndex((id) => question.relevant.includes(id));
  return at === -1 ? Infinity : at + 1;
}

function ndcgOf({ question, hits }: Run): number {
  const gain = (index: number): number => 1 / Math.log2(index + 2);
  const found = hits.map((id, index) => (question.relevant.includes(id) ? gain(index) : 0));
  const ideal = Array.from({ length: Math.min(10, question.relevant.length) }, (_, index) =>
    gain(index),
  );
  const most = ideal.reduce((sum, value) => sum + value, 0);
  return most === 0 ? 0 : found.reduce((sum, value) => sum + value, 0) / most;
}
