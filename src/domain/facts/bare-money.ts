import { type Amount } from './amount.ts';
import { type FactText } from './fact.ts';
import { addInstalment, timesBefore } from './money.ts';
import { unitAfter } from './units.ts';

/** `por apenas 1.997`, `preço do bolo: 62`. */
const AS_PRICE =
  /(?:\b(?:custam?|cuesta|costs?|sai|saem|apenas|so|pagar?|pagando|cobramos|cobro|vale|fica|ficam|faco|fazemos|por)(?: (?:a|por|em|de|so|apenas|is))*|\b(?:valor(?:es)?|preco|total|investimento|price|precio)[^\n.!?\d]{0,40}[:=-]{1,2}) ?[*_~]{0,2}$/u;

/** What may stand behind a price: no noun, of which the number would be the count. */
const ENDS_HERE =
  /^[*_~]{0,2}(?:$|[^\s\p{L}\d]|\s+(?:$|[^\s\p{L}\d]|(?:a vista|cada|cash|e|em|hoje|mesmo|na|no|ok|ou|por|pra|reais|sem|so|ta|tudo|y|and|today|tambem)\b)|\n)/u;

/** Finds an amount of money that bears no sign of it: cents behind a comma, or words of price around it. */
export function bareMoney(found: FactText, amount: Amount): boolean {
  const { value, start, end, before, after } = amount;
  if (value < 1 || unitAfter(after) !== undefined) return false;
  const written = found.folded.slice(start, end);
  const isPrice =
    /,\d\d$/u.test(written) ||
    (ENDS_HERE.test(after) && AS_PRICE.test(before)) ||
    (before.endsWith(' de ') && timesBefore(found, start) !== undefined);
  if (!isPrice) return false;
  const cents = Math.round(value * 100);
  found.add({ kind: 'money', unit: 'bare', value: `BRL:${cents}`, start, end });
  addInstalment(found, cents, { start, end });
  return true;
}
