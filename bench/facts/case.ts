import { type Text } from './shop-corpus.ts';

/** Copied to remembered may leave; altered, swapped and baited may not. */
export const SORTS = [
  'copied',
  'reformatted',
  'summed',
  'remembered',
  'altered',
  'swapped',
  'baited',
] as const;

export type Sort = (typeof SORTS)[number];

/** A reply with what its model was shown, and whether it may leave. */
export interface Case {
  readonly sort: Sort;
  /** What was done to it, more narrowly, for whoever reads the misses. */
  readonly detail: string;
  readonly isFaithful: boolean;
  readonly corpus: string;
  readonly reply: string;
  readonly passages: readonly Text[];
  /** What the customer wrote. */
  readonly question: string;
  /** What a person of the business or the agent wrote before. */
  readonly earlier: readonly { readonly by: 'business' | 'agent'; readonly text: string }[];
}

export function isFaithful(sort: Sort): boolean {
  return SORTS.indexOf(sort) < SORTS.indexOf('altered');
}

/** Who makes cases of a sort, without end. */
export interface Maker {
  readonly name: string;
  make(sort: Sort): Case;
}
