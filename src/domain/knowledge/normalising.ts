import { composedText } from '../composed-text.ts';

// Control characters carry nothing that a reader sees; tab and line feed stay.
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f\ufeff]/gu;
const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/gu;

/**
 * A text as it is served: lines end in LF, no byte order mark, no control character, composed
 * (NFC), so that one text has one form whichever editor wrote it.
 */
export function normaliseText(text: string): string {
  return composedText(text.replace(LINE_ENDS, '\n').replace(CONTROLS, ''));
}

/** Whether a text has more lines than so many, whatever its lines end in. Reads no further than it must. */
export function hasMoreLines(text: string, limit: number): boolean {
  const ends = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu;
  let lines = 1;
  while (lines <= limit && ends.test(text)) lines += 1;
  return lines > limit;
}
