import { type FactText } from './fact.ts';

/** A discount that is named without a figure. */
const HALF =
  /(?<![a-z])(?:(?:pel[ao] |a )?metade d[oe] (?:preco|valor|investimento)|mei[ao] (?:preco|valor)|half (?:the )?(?:price|off)|a? ?mitad de(?:l)? (?:precio|valor))(?![a-z])/gu;

const HALF_HOUR = /(?<![a-z])(?<!\be )(?:meia hora|media hora|half an hour)(?![a-z])/gu;

/** Finds halves that are named in words: `pela metade do preço` is 50 %, `meia hora` 30 minutes. */
export function findHalves(found: FactText): void {
  if (!/met|mei|med|mit|half/u.test(found.folded)) return;
  for (const { 0: text, index } of found.folded.matchAll(HALF)) {
    found.add({ kind: 'percent', value: '50', start: index, end: index + text.length });
  }
  for (const { 0: text, index } of found.folded.matchAll(HALF_HOUR)) {
    const span = { start: index, end: index + text.length };
    found.add({ kind: 'quantity', unit: 'min', value: '30', ...span });
  }
}
