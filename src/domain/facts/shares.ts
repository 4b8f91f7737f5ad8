import { type FactText } from './fact.ts';

/** Parts of a price that are named without a figure. */
const HALF =
  /(?<![a-z])(?:(?:pel[ao] |a )?metade d[oe] (?:preco|valor|investimento)|mei[ao] (?:preco|valor)|half (?:the )?(?:price|off)|a? ?mitad de(?:l)? (?:precio|valor))(?![a-z])/gu;

/** Finds what stands for a discount: `pela metade do preço` is 50 %. */
export function findShares(found: FactText): void {
  for (const match of found.folded.matchAll(HALF)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (!found.isTaken(span.start, span.end)) found.add({ kind: 'percent', value: '50', ...span });
  }
}
