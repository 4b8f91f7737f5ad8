import { findAmounts } from './amounts.ts';
import { findDates } from './calendar.ts';
import { type Fact, FactText, type Today } from './fact.ts';
import { foldInPlace, plainText } from './folding.ts';
import { findIdentifiers } from './identifiers.ts';
import { findHalves } from './halves.ts';
import { findWeekdays } from './weekdays.ts';

/** A text with its facts in the order in which they stand. */
export interface ExaminedText {
  readonly folded: string;
  readonly facts: readonly Fact[];
}

/** Every fact of a text. The cost grows with the length only, whatever is written. */
export function findFacts(text: string, today: Today): ExaminedText {
  const plain = plainText(text);
  const found = new FactText(plain, foldInPlace(plain));
  findIdentifiers(found);
  findDates(found);
  findWeekdays(found, today);
  findHalves(found);
  findAmounts(found);
  const facts = found.facts.sort((one, other) => one.start - other.start);
  return { folded: found.folded, facts };
}
