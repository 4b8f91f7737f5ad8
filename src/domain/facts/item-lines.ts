import { type Fact } from './fact.ts';
import { type ExaminedText } from './find-facts.ts';
import { sentencesOf } from './sentences.ts';

/** A stretch of a text that begins with a name and tells that thing's price. */
export interface ItemLine {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const LEAD = /^[^\p{L}\d]*(?:[pr]: ?)?(?:\d{1,3}[.)] )?[^\p{L}\d]*/u;
const LONGEST_NAME = 80;
/** What stands between a name and its price, and belongs to neither. */
const TAIL =
  /(?:[\s:|.=(*_~-]|→|➜|\b(?:a partir de|por|de|so|apenas|custa|cuesta|sai|fica|e|is|costs|from|valor|preco)\b)+$/u;
const SEPARATOR = /\s*(?::|\||=|→|➜|\s-\s|\.{3,}|\()/u;
/** A sentence that runs on is no name, nor is one that only tells of an amount. */
const NO_NAME =
  /[.,;!?]\s|\b(?:foi|era|foram|sao|tem|temos|cobramos|acima|abaixo|pedidos?|minimo|nao|se|quando|quem|que|voce|ate|apos|depois|antes|was|were|had|has|fue|fueron|tiene)\b/u;

/** The lines of a price list, of a table, and those that open with the name of what they describe. */
export function itemLinesOf(text: ExaminedText, from: number): readonly ItemLine[] {
  const lines: ItemLine[] = [];
  let next = 0;
  for (const [start, end] of sentencesOf(text.folded)) {
    const inside: Fact[] = [];
    for (let fact = text.facts[next]; fact !== undefined && fact.start < end;) {
      inside.push(fact);
      next += 1;
      fact = text.facts[next];
    }
    const line = start < from ? undefined : itemLineOf(text.folded, [start, end], inside);
    if (line !== undefined) lines.push(line);
  }
  return lines;
}

function itemLineOf(
  folded: string,
  [start, end]: readonly [number, number],
  facts: readonly Fact[],
): ItemLine | undefined {
  const price = facts.find(({ kind }) => kind === 'money');
  if (price === undefined) return undefined;
  const head = folded.slice(start, Math.min(price.start, start + 2 * LONGEST_NAME));
  const lead = LEAD.exec(head)?.[0].length ?? 0;
  const [first = ''] = head.slice(lead).split(SEPARATOR, 1);
  const name = first.replace(TAIL, '');
  if (name.length > LONGEST_NAME || NO_NAME.test(name)) return undefined;
  return { name, start, end };
}
