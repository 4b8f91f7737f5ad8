import { type Passage } from './passage.ts';

/** Whether a document is served line by line as its writer sees it; other formats are turned into text first. */
export function hasOwnLines(path: string): boolean {
  return /\.txt$/iu.test(path);
}

/**
 * In which line of its document, from 1, a line of a passage stands; `undefined` where the document
 * does not show it, as with a format that is not written in lines.
 *
 * @param text - The document's.
 * @param index - Which line of the passage's text, from 0; below 0: its headings.
 */
export function lineInDocument(text: string, passage: Passage, index: number): number | undefined {
  if (!hasOwnLines(passage.document)) return undefined;
  const lines = text.split('\n');
  const wanted = passage.text.split('\n').map((line) => line.trim());
  if (index < 0) return headingLine(lines, passage);
  for (const start of linesWith(lines, wanted[0] ?? '')) {
    const found = followTo(lines, start, wanted.slice(0, index + 1));
    if (found !== undefined) return found + 1;
  }
  const [first] = linesWith(lines, wanted[index] ?? '');
  return first === undefined ? undefined : first + 1;
}

function headingLine(lines: readonly string[], { title, section }: Passage): number | undefined {
  const heading = section === '' ? title : (section.split(' > ').at(-1) ?? '');
  const [first] = linesWith(lines, heading);
  return first === undefined ? undefined : first + 1;
}

/** Where the last of the wanted lines stands, if they follow each other from `start` on, blank lines aside. */
function followTo(
  lines: readonly string[],
  start: number,
  wanted: readonly string[],
): number | undefined {
  let at = start;
  for (const line of wanted.slice(1).filter((each) => each !== '')) {
    at += 1;
    while (at < lines.length && lines[at]?.trim() === '') at += 1;
    if (lines[at]?.includes(line) !== true) return undefined;
  }
  return at;
}

function linesWith(lines: readonly string[], part: string): readonly number[] {
  if (part === '') return [];
  return lines.flatMap((line, index) => (line.includes(part) ? [index] : []));
}
