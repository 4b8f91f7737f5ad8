import { type Passage } from './passage.ts';

// What a reader does not see, and slashes, may stand between a bracket and its name. Nothing of it
// is a bracket itself: from each one the search ends before the next, so it stays linear.
const TAG_START = /[<＜﹤](?=[\s\p{C}\p{M}\u2800/／⁄∕]*[\p{L}!?])/gu;

// As in Markdown: hashes that begin a line and end in space.
const HEADING_START =
  /^([[\s\p{C}\p{M}\u2800]--[\n\r\u2028\u2029]]*)([#＃]+[\s\p{C}\p{M}\u2800])/gmv;

/**
 * How passages stand in the prompt, in the order given: neighbours of one document share a
 * `<document>` element, each passage under its section's `## ` line. Data, never instructions.
 */
export function renderKnowledge(passages: readonly Passage[]): string {
  return [...renderedLines(passages)].join('\n');
}

/** The same, piece by piece; each piece stands in lines of its own. */
export function* renderedLines(passages: Iterable<Passage>): Generator<string> {
  let previous: Passage | undefined;
  for (const passage of passages) {
    if (!isSameDocument(passage, previous)) {
      if (previous !== undefined) yield '</document>';
      yield `<document path="${attribute(passage.document)}" title="${attribute(passage.title)}">`;
      previous = undefined;
    }
    yield* renderPassage(passage, previous);
    previous = passage;
  }
  if (previous !== undefined) yield '</document>';
}

/** Leaves no tag in a text that somebody else wrote: the bracket that would begin one becomes `‹`. */
export function neutraliseTags(text: string): string {
  return text.replace(TAG_START, '‹');
}

function isSameDocument(passage: Passage, previous: Passage | undefined): boolean {
  return previous?.document === passage.document && previous.title === passage.title;
}

function renderPassage(passage: Passage, previous: Passage | undefined): readonly string[] {
  const section = passage.section === '' ? '' : `## ${neutraliseTags(oneLine(passage.section))}`;
  const isNew = section !== '' && passage.section !== previous?.section;
  const text = neutraliseTags(passage.text).replace(HEADING_START, '$1\\$2');
  const gap = previous === undefined ? [] : [''];
  return isNew ? [...gap, section, text] : [...gap, text];
}

function attribute(value: string): string {
  return neutraliseTags(oneLine(value)).replace(/["“”]/gu, "'").replace(/[<>]/gu, ' ');
}

function oneLine(value: string): string {
  return value.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
