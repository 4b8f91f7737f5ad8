import { type SimilarPassages } from '../../../application/ports/outbound/passage-similarity.ts';
import { fuseByRank } from '../../../domain/knowledge/fusion.ts';
import { type MeasuredPassage } from '../../../domain/knowledge/grounding.ts';
import { type Ranked } from './passage-ranking.ts';

/** What was found by words and what was found by meaning, as one list; passages that are served no more are left out. */
export function fused(
  ranked: Ranked,
  { nearest, isKnown }: SimilarPassages,
  passages: ReadonlyMap<string, MeasuredPassage>,
): Ranked {
  const ids = nearest
    .filter((passage) => passages.get(passage.id)?.passage === passage)
    .map(({ id }) => id);
  const scores = fuseByRank([...ranked.scores.keys()], {
    nearest: ids,
    isKnown: (id) => {
      const passage = passages.get(id)?.passage;
      return passage !== undefined && isKnown(passage);
    },
  });
  return { ...ranked, scores };
}
