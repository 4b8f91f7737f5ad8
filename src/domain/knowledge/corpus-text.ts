/** One file of the corpus, normalised. */
export interface DocumentText {
  /** Path below the knowledge folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/**
 * Orders documents by path the same way on every machine, whatever its language: the version of the
 * corpus and the provider's prompt cache both hang on it.
 */
export function byPath(one: { readonly path: string }, other: { readonly path: string }): number {
  if (one.path === other.path) return 0;
  return one.path < other.path ? -1 : 1;
}

/** The corpus as one text, in the order given, each document under its `=== path ===` line. */
export function corpusText(documents: readonly DocumentText[]): string {
  return documents.map(({ path, text }) => `=== ${path} ===\n${text.trim()}\n`).join('\n');
}
