import { type Today } from '../../facts/fact.ts';
import { type DocumentText } from '../corpus-text.ts';
import { type Passage, type SkippedFile } from '../passage.ts';
import { DuplicateDocuments } from './duplicate-documents.ts';
import { type HealthNotice, placeIn } from './health-notice.ts';
import { pastDatesIn } from './past-dates.ts';
import { PriceBook } from './price-book.ts';
import { textFaultsIn } from './text-faults.ts';

/** What is inspected: all that is served, and what is not. */
export interface InspectedCorpus {
  readonly documents: readonly DocumentText[];
  readonly passages: Iterable<Passage>;
  readonly skipped: readonly SkippedFile[];
}

/**
 * What is wrong with the texts by themselves, document by document and at the end between them.
 * Each step is short, and may find nothing.
 */
export function* inspectCorpus(
  { documents, passages, skipped }: InspectedCorpus,
  today: Today,
): Generator<readonly HealthNotice[]> {
  yield skipped.map(({ file, reason }) => ({ kind: 'skipped_file', file, message: reason }));
  const duplicates = new DuplicateDocuments();
  for (const document of documents) {
    const duplicate = duplicates.take(document);
    yield duplicate === undefined ? [] : [duplicate];
    for (const [index, line] of document.text.split('\n').entries()) {
      const faults = [...textFaultsIn(line), ...pastDatesIn(line, today)];
      yield faults.map((fault) => ({ ...fault, ...placeIn(document.path, index) }));
    }
  }
  const prices = new PriceBook(today);
  const texts = new Map(documents.map(({ path, text }) => [path, text]));
  for (const passage of passages) {
    prices.take(passage, texts.get(passage.document) ?? '');
    yield [];
  }
  yield prices.conflicts();
}
