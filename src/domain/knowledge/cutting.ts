/** From here on a passage is complete, in UTF-16 units; measured as good anywhere from 600 to 1,000. */
const ENOUGH = 600;

/** The longest passage, in UTF-16 units. */
const MAX_PASSAGE = 1000;

/** Lines that belong together; `alone`: a question with its answer, a passage of its own. */
export interface Block {
  readonly text: string;
  readonly alone: boolean;
}

// From the best place to cut at to the worst.
const CUTS: readonly RegExp[] = [
  /\n\s*\n/gu,
  /(?<=[.!?;:…])[ \t]*\n|\n(?=[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t])/gu,
  /(?<=[.!?…]["”')\]]?)\s+(?=[\p{Lu}\p{N}"“(])/gu,
  /\n/gu,
  /\s/gu,
];

/** The blocks of one section as passages: neighbours joined until there is enough, long ones cut. */
export function* packBlocks(blocks: readonly Block[]): Generator<string> {
  let current = '';
  for (const block of leadsJoined(blocks)) {
    const joined = current === '' ? block.text : `${current}\n\n${block.text}`;
    const fits = !block.alone && current.length < ENOUGH && joined.length <= MAX_PASSAGE;
    if (fits) {
      current = joined;
      continue;
    }
    yield* cutText(current);
    current = block.alone ? '' : block.text;
    if (block.alone) yield* cutText(block.text);
  }
  yield* cutText(current);
}

/** Cuts a text into pieces of 1 to 1,000 UTF-16 units, without overlap and losing only white space. */
export function* cutText(text: string): Generator<string> {
  let rest = text.trim();
  while (rest.length > MAX_PASSAGE) {
    const at = cutAt(rest);
    yield rest.slice(0, at).trimEnd();
    rest = rest.slice(at).trimStart();
  }
  if (rest !== '') yield rest;
}

// "Formas de pagamento:" or "Posso parcelar?" in a line of its own means nothing without what follows.
function leadsJoined(blocks: readonly Block[]): readonly Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const lead = joined.at(-1);
    if (lead !== undefined && !block.alone && isLead(lead)) {
      joined[joined.length - 1] = { text: `${lead.text}\n\n${block.text}`, alone: false };
    } else {
      joined.push(block);
    }
  }
  return joined;
}

function isLead({ text, alone }: Block): boolean {
  return !alone && !text.includes('\n') && /[:?]$/u.test(text);
}

function cutAt(text: string): number {
  const window = text.slice(0, MAX_PASSAGE);
  for (const cut of CUTS) {
    const last = [...window.matchAll(cut)].at(-1);
    if (last !== undefined && last.index >= ENOUGH) return last.index;
  }
  const splitsPair = /[\ud800-\udbff]$/u.test(window);
  return splitsPair ? MAX_PASSAGE - 1 : MAX_PASSAGE;
}
