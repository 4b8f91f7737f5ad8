import { boldEdgesOf } from './inline-marks.ts';

const BOLD = '**';

/**
 * One paragraph's lines, with bold text that reaches over several of them marked line by line: in
 * WhatsApp a mark ends with its line. Other lines stay as they are.
 */
export function boldLineByLine(paragraph: readonly string[]): readonly string[] {
  if (paragraph.length < 2) return paragraph;
  const lines = [...paragraph];
  let opening: number | undefined;
  lines.forEach((line, index) => {
    const { first } = boldEdgesOf(line);
    if (opening !== undefined && first === undefined) return;
    if (opening !== undefined && first === 'closes') markEach(lines, opening, index);
    opening = boldEdgesOf(lines[index] ?? '').leftOpen ? index : undefined;
  });
  return lines;
}

function markEach(lines: string[], first: number, last: number): void {
  for (let index = first; index <= last; index += 1) {
    const line = lines[index] ?? '';
    const indent = line.slice(0, line.length - line.trimStart().length);
    const opened = index === first ? line : `${indent}${BOLD}${line.trimStart()}`;
    lines[index] = index === last ? opened : `${opened.trimEnd()}${BOLD}`;
  }
}
