// The file of one language; the package's others would cost memory for nothing.
import { stemmer } from '@orama/stemmers/portuguese';

import { type Stem } from '../../../domain/knowledge/terms.ts';

/** Snowball's Portuguese stemmer; what is remembered of one goes with it. */
export function createPortugueseStem(): Stem {
  return (word) => stemmer(word);
}
