const SENTENCE_END = /[.!?;…](?=\s)|\n/gu;

/** The sentences and lines of a text, by their offsets, without a gap between them. */
export function sentencesOf(text: string): readonly (readonly [start: number, end: number])[] {
  const ends = Array.from(text.matchAll(SENTENCE_END), ({ index }) => index + 1);
  return [...ends, text.length + 1].map((end, index) => [ends[index - 1] ?? 0, end] as const);
}
