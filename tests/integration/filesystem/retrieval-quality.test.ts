import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { FilesystemKnowledgeStore } from '../../../src/adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';

interface Question {
  readonly text: string;
  readonly document: string;
  readonly fact: string;
}

const folder = join(import.meta.dirname, '../../../data');
const QUESTIONS = readFileSync(
  join(import.meta.dirname, '../../fixtures/example-questions.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Question);

describe('ranking the example knowledge', () => {
  let ranks: readonly number[];

  beforeAll(async () => {
    const store = new FilesystemKnowledgeStore({
      folder,
      personaFile: join(folder, 'persona.md'),
      contextTokens: 700,
      clock: new ManualClock(),
      settleMs: 3000,
    });
    await store.reload('all');
    ranks = await Promise.all(QUESTIONS.map((question) => rankOf(store, question)));
  });

  /** From 1; infinite where no passage that was given holds the answer. */
  async function rankOf(store: FilesystemKnowledgeStore, question: Question): Promise<number> {
    const { passages } = await store.find(question.text);
    const at = passages.findIndex(
      ({ document, text }) => document === question.document && text.includes(question.fact),
    );
    return at === -1 ? Infinity : at + 1;
  }

  function share(most: number): number {
    return ranks.filter((rank) => rank <= most).length / ranks.length;
  }

  // Deterministic. Measured: 79 and 94; with plain BM25 over the same terms 75 and 85.
  it('has the answer first for 77 of 100 questions, and among the first three for 92', () => {
    expect(share(1)).toBeGreaterThanOrEqual(0.77);
    expect(share(3)).toBeGreaterThanOrEqual(0.92);
  });
});
