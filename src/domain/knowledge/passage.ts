/** One citable piece of a document. */
export interface Passage {
  /** Stable while the text stays the same: the document's path and the passage's place in it. */
  readonly id: string;
  /** Path below the knowledge folder, with `/`. */
  readonly document: string;
  /** What the document is about: its first heading, else its file name in words. */
  readonly title: string;
  /** The heading that the text stands under; empty where there is none. */
  readonly section: string;
  readonly text: string;
}

/** A passage with how well it fits a query: higher is better, 0 is no fit. */
export interface ScoredPassage extends Passage {
  readonly score: number;
}

/** A file that is not served, and why, in words for the owner (Brazilian Portuguese). */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** What the model is given to answer one question from. */
export interface Grounding {
  /** In the order in which the model reads them: fixed when it is the whole corpus, best first otherwise. */
  readonly passages: readonly ScoredPassage[];
  /** Whether this is the whole corpus. */
  readonly whole: boolean;
  /** Which state of the corpus it is. */
  readonly version: string;
  /** Set where passages had to be chosen by a query whose words alone hardly tell what is asked. */
  readonly unclear?: true;
}
