import { estimateTokens } from '../tokens.ts';
import { type Grounding, type Passage, type ScoredPassage } from './passage.ts';
import { renderKnowledge } from './rendering.ts';

/** How many passages are shown where the corpus is too large to be shown whole; 3 miss one answer in ten more. */
const BEST_PASSAGES = 8;

/** All that is needed to choose what the model sees. */
export interface RankedCorpus {
  /** In the fixed order of the corpus. */
  readonly passages: readonly Passage[];
  readonly version: string;
  /** Whether {@link fitsBudget} holds for the passages. */
  readonly fits: boolean;
  /** Scores by passage id, best first; a passage that is not named scores 0. */
  readonly scores: ReadonlyMap<string, number>;
}

/** Whether the passages, as they stand in the prompt, cost no more than the budget. */
export function fitsBudget(passages: readonly Passage[], contextTokens: number): boolean {
  return estimateTokens(renderKnowledge(passages)) <= contextTokens;
}

/**
 * The whole corpus in its own order where it fits; otherwise the best eight in the
 * order of their scores, leaving out each that would break the budget.
 */
export function chooseGrounding(corpus: RankedCorpus, contextTokens: number): Grounding {
  const { version, passages, scores } = corpus;
  if (corpus.fits) {
    const scored = passages.map((passage) => ({ ...passage, score: scores.get(passage.id) ?? 0 }));
    return { passages: scored, whole: true, version };
  }
  return { passages: bestWithin(passages, scores, contextTokens), whole: false, version };
}

function bestWithin(
  passages: readonly Passage[],
  scores: ReadonlyMap<string, number>,
  contextTokens: number,
): readonly ScoredPassage[] {
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const chosen: ScoredPassage[] = [];
  for (const [id, score] of scores) {
    if (chosen.length === BEST_PASSAGES) break;
    const passage = byId.get(id);
    if (passage === undefined) continue;
    if (fitsBudget([...chosen, passage], contextTokens)) chosen.push({ ...passage, score });
  }
  return chosen;
}
