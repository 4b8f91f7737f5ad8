import { setImmediate } from 'node:timers/promises';

import { PassageRanking } from '../../src/adapters/outbound/filesystem/passage-ranking.ts';
import { createPortugueseStem } from '../../src/adapters/outbound/filesystem/portuguese-stem.ts';
import { type StagedPassage } from '../../src/adapters/outbound/filesystem/fts-ranking.ts';
import { type Said } from '../../src/domain/knowledge/earlier.ts';
import { type Passage } from '../../src/domain/knowledge/passage.ts';
import { residentMb } from './process-figures.ts';
import { type Question } from './retrieval-data.ts';
import { type Run } from './retrieval-metrics.ts';
import { threadTime } from './thread-time.ts';

/** What ranks passages: the service's own ranking, or one to compare it with. */
export interface Engine {
  readonly find: (query: string, said?: readonly Said[]) => readonly string[];
}

/** An engine that is ready, and what it took to get there. */
export interface Indexed {
  readonly engine: Engine;
  readonly indexSeconds: number;
  readonly isReduced: boolean;
}

const HITS = 10;
// As the service takes a corpus in.
const SLICE = 50;

/** Ranks with the classes that the service uses. */
export async function indexPassages(passages: readonly Passage[]): Promise<Indexed> {
  const ranking = new PassageRanking(createPortugueseStem());
  const startedAt = performance.now();
  const staged: StagedPassage[] = [];
  for (let start = 0; start < passages.length; start += SLICE) {
    staged.push(...ranking.stage(passages.slice(start, start + SLICE)));
    await setImmediate();
  }
  ranking.show(new Map([['corpus', staged]]));
  const indexSeconds = (performance.now() - startedAt) / 1000;
  // Whoever watches the event loop sees this turn, too.
  await setImmediate();
  const served = new Map(passages.map((passage) => [passage.id, { passage }]));
  const find = (query: string, said: readonly Said[] = []): readonly string[] => [
    ...ranking.rank(query, served, HITS, { said }).scores.keys(),
  ];
  return { engine: { find }, indexSeconds, isReduced: ranking.isReduced };
}

/** Asks each question once, after what was said before it. */
export function askAll(
  { find }: Engine,
  questions: readonly (Question & { readonly said?: readonly Said[] })[],
): readonly Run[] {
  const used = threadTime();
  return questions.map((question) => {
    used();
    const startedAt = performance.now();
    const hits = find(question.text, question.said);
    return { question, hits, ms: performance.now() - startedAt, cpuMs: used() };
  });
}

/** What this process holds once garbage is collected, MB; needs `--expose-gc`. */
export function settledMb(): number {
  globalThis.gc?.();
  return residentMb(process.pid);
}
