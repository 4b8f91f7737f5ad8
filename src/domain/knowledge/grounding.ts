import { estimateTokens, utf8Length } from '../tokens.ts';
import { type Grounding, type Passage, type ScoredPassage } from './passage.ts';
import { renderedLines, renderKnowledge } from './rendering.ts';

/** How many passages are shown where the corpus is too large to be shown whole; 3 miss one answer in ten more. */
const BEST_PASSAGES = 8;

// As estimateTokens counts.
const BYTES_A_TOKEN = 3;

/** A passage with what it costs in a prompt by itself, so that no question has to render it for that. */
export interface MeasuredPassage {
  readonly passage: Passage;
  readonly tokens: number;
}

/** All that is needed to choose what the model sees. */
export interface RankedCorpus {
  /** By passage id, in the fixed order of the corpus. */
  readonly passages: ReadonlyMap<string, MeasuredPassage>;
  readonly version: string;
  /** Whether {@link fitsBudget} holds for the passages. */
  readonly fits: boolean;
  /** Scores by passage id, best first; a passage that is not named scores 0. */
  readonly scores: ReadonlyMap<string, number>;
  /** Whether the query's words alone hardly tell what is asked. */
  readonly unclear?: boolean;
}

/** The passage with its cost; several together cost at most the sum of theirs. */
export function measurePassage(passage: Passage): MeasuredPassage {
  // With the line feed that joins it to the next.
  return { passage, tokens: estimateTokens(`${renderKnowledge([passage])}\n`) };
}

/** Whether the passages, as they stand in the prompt, cost no more than the budget. Reads no further than it must. */
export function fitsBudget(passages: Iterable<Passage>, contextTokens: number): boolean {
  const room = contextTokens * BYTES_A_TOKEN;
  // There is one line feed fewer than there are lines.
  let bytes = -1;
  for (const lines of renderedLines(passages)) {
    bytes += utf8Length(lines) + 1;
    if (bytes > room) return false;
  }
  return true;
}

/**
 * The whole corpus in its own order where it fits; otherwise the best eight in the
 * order of their scores, leaving out each that would break the budget.
 */
export function chooseGrounding(corpus: RankedCorpus, contextTokens: number): Grounding {
  const { version, passages, scores } = corpus;
  if (corpus.fits) {
    const scored = Array.from(passages.values(), ({ passage }) => ({
      ...passage,
      score: scores.get(passage.id) ?? 0,
    }));
    return { passages: scored, whole: true, version };
  }
  const chosen = { passages: bestPassages(corpus, contextTokens), whole: false, version };
  return corpus.unclear === true ? { ...chosen, unclear: true } : chosen;
}

/** The best eight in the order of their scores, leaving out each that would break the budget. */
export function bestPassages(
  { passages, scores }: Pick<RankedCorpus, 'passages' | 'scores'>,
  contextTokens: number,
): readonly ScoredPassage[] {
  const chosen: ScoredPassage[] = [];
  let room = contextTokens;
  for (const [id, score] of scores) {
    if (chosen.length === BEST_PASSAGES) break;
    const found = passages.get(id);
    if (found === undefined || found.tokens > room) continue;
    room -= found.tokens;
    chosen.push({ ...found.passage, score });
  }
  return chosen;
}
