import { createHash } from 'node:crypto';

import { type KnowledgeSnapshot } from '../../../application/ports/outbound/knowledge-store.ts';
import { byPath, corpusText } from '../../../domain/knowledge/corpus-text.ts';
import { DEFAULT_PERSONA } from '../../../domain/knowledge/default-persona.ts';
import { type SkippedFile } from '../../../domain/knowledge/passage.ts';
import { type FolderContent } from './folder-reader.ts';
import { type CorpusSplit, type ServedDocument } from './split-corpus.ts';

/** What makes a snapshot. */
export interface Content {
  readonly documents: readonly ServedDocument[];
  readonly skipped: readonly SkippedFile[];
  readonly persona: string;
}

/** What is served before anything was read. */
export const NOTHING: Content = { documents: [], skipped: [], persona: DEFAULT_PERSONA };

/** What was read and split, as it would be served. */
export function contentOf({ persona, ...found }: FolderContent, split: CorpusSplit): Content {
  return {
    documents: split.documents,
    skipped: inPathOrder([...found.skipped, ...split.skipped]),
    persona: persona ?? DEFAULT_PERSONA,
  };
}

function inPathOrder(skipped: readonly SkippedFile[]): readonly SkippedFile[] {
  return skipped.toSorted((one, other) => byPath({ path: one.file }, { path: other.file }));
}

/** The snapshot of the same texts, whose persona and reasons may have changed. */
export function refreshed(snapshot: KnowledgeSnapshot, content: Content): KnowledgeSnapshot {
  const { persona, skipped } = content;
  const version = persona === snapshot.persona ? snapshot.version : versionOf(content);
  return { ...snapshot, version, persona, skipped };
}

/** All of a snapshot that its content decides. */
export function snapshotOf(
  content: Content,
  version: string,
  passages: number,
): Omit<KnowledgeSnapshot, 'exactWordsOnly'> {
  const { documents, skipped, persona } = content;
  const text = corpusText(documents);
  return { version, text, documents: documents.length, passages, skipped, persona };
}

/** Hash of the texts and the persona. */
export function versionOf({ documents, persona }: Content): string {
  const digests = documents.map(({ path, digest }) => [path, digest]);
  return createHash('sha256')
    .update(JSON.stringify([digests, persona]))
    .digest('hex')
    .slice(0, 12);
}
