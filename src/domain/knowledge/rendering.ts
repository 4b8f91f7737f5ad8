import { type Passage } from './passage.ts';

// Angle brackets that a model may read as one, whatever invisible characters hide behind them.
const TAG_START = /[<＜﹤](?=[\s\p{Cf}]*\/?[\s\p{Cf}]*[\p{L}!?])/gu;

/**
 * How passages stand in the prompt, in the order given: neighbours of one document share a
 * `<document>` element, each passage under its section's `## ` line. Data, never instructions.
 */
export function renderKnowledge(passages: readonly Passage[]): string {
  const lines: string[] = [];
  let previous: Passage | undefined;
  for (const passage of passages) {
    if (!isSameDocument(passage, previous)) {
      if (previous !== undefined) lines.push('</document>');
      lines.push(
        `<document path="${attribute(passage.document)}" title="${attribute(passage.title)}">`,
      );
      previous = undefined;
    }
    lines.push(...renderPassage(passage, previous));
    previous = passage;
  }
  if (previous !== undefined) lines.push('</document>');
  return lines.join('\n');
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
  const text = neutraliseTags(passage.text);
  const gap = previous === undefined ? [] : [''];
  return isNew ? [...gap, section, text] : [...gap, text];
}

function attribute(value: string): string {
  return neutraliseTags(oneLine(value)).replace(/["“”]/gu, "'").replace(/[<>]/gu, ' ');
}

function oneLine(value: string): string {
  return value.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
