import { type Block, packBlocks } from './cutting.ts';
import { CAPITALS_LEVEL, classifyLines, type Line } from './lines.ts';
import { type Passage } from './passage.ts';

/** The lines under one heading, and the headings above them from the outermost in. */
interface Section {
  readonly headings: readonly string[];
  readonly lines: Line[];
}

/** What stands between two `=== name ===` lines. */
interface Part {
  readonly name?: string;
  readonly lines: readonly Line[];
}

type PassageText = Pick<Passage, 'title' | 'section' | 'text'>;

/**
 * The passages of one document, one by one in its order: along its `=== name ===` lines, headings, questions
 * with their answers, lists and paragraphs. Nothing of the text but white space and the marks of
 * headings is left out: every word stands in a passage's text, section or title.
 *
 * @param text - Normalised.
 */
export function* splitDocument(path: string, text: string): Generator<Passage> {
  let index = 0;
  for (const part of partsOf(classifyLines(text))) {
    for (const passage of splitPart(part, path)) {
      index += 1;
      yield { id: `${path}#${index}`, document: path, ...passage };
    }
  }
}

/** `cursos/marketing_digital.txt` in words: `marketing digital`. */
export function titleOfPath(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/u, '');
  return name.replace(/[_\-\s]+/gu, ' ').trim();
}

function partsOf(lines: readonly Line[]): readonly Part[] {
  const parts: { name?: string; lines: Line[] }[] = [{ lines: [] }];
  for (const line of lines) {
    if (line.kind === 'mark') parts.push({ name: line.text, lines: [] });
    else parts.at(-1)?.lines.push(line);
  }
  return parts;
}

function* splitPart(part: Part, path: string): Generator<PassageText> {
  const heading = part.name === undefined ? leadingTitle(part.lines) : undefined;
  const ownTitle = part.name ?? heading?.text;
  const title = ownTitle ?? titleOfPath(path);
  const lines = heading === undefined ? part.lines : without(part.lines, heading);
  let isBare = ownTitle !== undefined;
  for (const [section, text] of sectionTexts(sectionsOf(lines))) {
    yield { title, section, text };
    isBare = false;
  }
  // A name with nothing under it is all that its writer had to say.
  if (isBare) yield { title, section: '', text: title };
}

function* sectionTexts(
  sections: readonly Section[],
): Generator<readonly [section: string, text: string]> {
  for (const [index, section] of sections.entries()) {
    const name = section.headings.join(' > ');
    for (const text of splitSection(section, sections[index + 1])) yield [name, text];
  }
}

/**
 * The first heading, where it stands above all else. With `#` the levels tell: one that has equals
 * is a section. Capitals have no levels, so the top line of the file is taken at its word unless a
 * colon says that it only heads what follows.
 */
function leadingTitle(lines: readonly Line[]): (Line & { kind: 'heading' }) | undefined {
  const first = lines.find((line) => line.kind !== 'blank');
  if (first?.kind !== 'heading' || !first.isTitle) return undefined;
  if (first.level === CAPITALS_LEVEL) return first;
  const hasEqual = lines.some(
    (line) => line !== first && line.kind === 'heading' && line.level <= first.level,
  );
  return hasEqual ? undefined : first;
}

function without(lines: readonly Line[], left: Line): readonly Line[] {
  return lines.filter((line) => line !== left);
}

function sectionsOf(lines: readonly Line[]): readonly Section[] {
  const sections: Section[] = [{ headings: [], lines: [] }];
  let above: { readonly level: number; readonly text: string }[] = [];
  for (const line of lines) {
    if (line.kind === 'heading') {
      above = [...above.filter(({ level }) => level < line.level), line];
      sections.push({ headings: above.map(({ text }) => text), lines: [] });
    } else {
      sections.at(-1)?.lines.push(line);
    }
  }
  return sections;
}

function* splitSection(section: Section, next: Section | undefined): Generator<string> {
  const heading = section.headings.at(-1);
  let isEmpty = true;
  for (const text of packBlocks(blocksOf(section.lines))) {
    yield text;
    isEmpty = false;
  }
  if (!isEmpty || heading === undefined) return;
  // A heading with nothing under it lives on in the deeper ones, else it is a passage itself.
  const depth = section.headings.length;
  const livesOn = next !== undefined && next.headings.length > depth;
  if (!livesOn) yield heading;
}

function blocksOf(lines: readonly Line[]): readonly Block[] {
  const blocks: { lines: string[]; alone: boolean }[] = [];
  let isOpen = false;
  for (const line of lines) {
    const last = blocks.at(-1);
    const inAnswer = last?.alone === true;
    if (line.kind === 'blank') {
      if (inAnswer) last.lines.push('');
      isOpen = inAnswer;
    } else if (line.kind === 'question') {
      blocks.push({ lines: [line.text], alone: true });
      isOpen = true;
    } else if (isOpen && last !== undefined) {
      last.lines.push(line.text);
    } else {
      blocks.push({ lines: [line.text], alone: false });
      isOpen = true;
    }
  }
  return blocks.map((block) => ({ text: block.lines.join('\n').trim(), alone: block.alone }));
}
