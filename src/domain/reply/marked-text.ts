import { type Span } from './protected-text.ts';

/** A mark that opens or closes stands at the edge of its words; in WhatsApp it ends with its line. */
const MARKED = [
  /(?<![\p{L}\p{N}*])\*(?![\s*])[^*\n]*(?<!\s)\*(?![\p{L}\p{N}*])/gu,
  /(?<![\p{L}\p{N}_])_(?![\s_])[^_\n]*(?<!\s)_(?![\p{L}\p{N}_])/gu,
  /(?<![\p{L}\p{N}~])~(?![\s~])[^~\n]*(?<!\s)~(?![\p{L}\p{N}~])/gu,
  /```.+?```/gsu,
] as const;

/** What WhatsApp shows bold, slanted, struck or as code, marks included: cut, it would show the marks. */
export function markedTextIn(text: string): readonly Span[] {
  return MARKED.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: { length }, index }) => ({
      start: index,
      end: index + length,
    })),
  );
}
