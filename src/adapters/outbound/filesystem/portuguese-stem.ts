// The file of one language; the package's others would cost memory for nothing.
import { stemmer } from '@orama/stemmers/portuguese';

import { type Stem } from '../../../domain/knowledge/terms.ts';

// A shop's whole vocabulary fits; the bound is against a folder of noise.
const MAX_REMEMBERED = 20_000;

/** Snowball's Portuguese stemmer, remembering what it has stemmed: a corpus repeats its words. */
export function createPortugueseStem(): Stem {
  const remembered = new Map<string, string>();
  return (word) => {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    const stem = stemmer(word);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(word, stem);
    return stem;
  };
}
