/** What was found by meaning. */
export interface Similar {
  /** Ids, best first. */
  readonly nearest: readonly string[];
  /** Whether the passage was compared at all. */
  readonly isKnown: (id: string) => boolean;
}

/** As the method was published (Cormack, Clarke and Büttcher, 2009): how little the first places stand out. */
const DAMPING = 60;

/**
 * One list out of two by reciprocal rank: first in both is 1. The scores of the two say nothing to
 * each other, their ranks do. A passage that was not compared by meaning keeps its lexical place.
 *
 * @param lexical - Ids, best first.
 * @returns Scores by id, best first.
 */
export function fuseByRank(
  lexical: readonly string[],
  { nearest, isKnown }: Similar,
): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  const add = (id: string, rank: number, times: number): void => {
    const share = ((DAMPING + 1) / (DAMPING + rank + 1) / 2) * times;
    scores.set(id, (scores.get(id) ?? 0) + share);
  };
  for (const [rank, id] of lexical.entries()) add(id, rank, isKnown(id) ? 1 : 2);
  for (const [rank, id] of nearest.entries()) add(id, rank, 1);
  return new Map([...scores].sort(([, one], [, other]) => other - one));
}
