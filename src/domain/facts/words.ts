/** A word of a folded text, and where it stands. */
export interface TextWord {
  /** Without hyphens. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[a-z0-9]+(?:-[a-z0-9]+)*/gu;

/** The words of a folded text, `nf-450` as one. */
export function wordsOf(folded: string): readonly TextWord[] {
  return Array.from(folded.matchAll(WORD), (match) => ({
    word: match[0].replace(/-/gu, ''),
    start: match.index,
    end: match.index + match[0].length,
  }));
}
