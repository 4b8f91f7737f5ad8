import { type SkippedFile } from '../../../domain/knowledge/passage.ts';
import { type DocumentFile } from './documents/document-reader.ts';
import { formatOf, isPacked, maxBytesOf } from './documents/document-format.ts';
import { type FolderListing, type FoundFile } from './scan-folder.ts';

/** What a file is read for. */
export type Role = 'document' | 'questions' | 'persona';

/** A file that is to be read. */
export interface WantedFile extends FoundFile, DocumentFile {
  readonly role: Role;
}

const MAX_QUESTIONS_BYTES = 256 * 1024;

const FOLDER_FULL =
  'a pasta tem mais texto do que cabe na memória; este arquivo ficou de fora, tire o que não é usado';

/** So much of a packed file counts as text at most: the rest of it is pictures. */
const MOST_TEXT = 1024 * 1024;

/** What of a folder is read, the persona last, and what there is no room for. */
export function wantedFiles(
  listing: FolderListing,
  persona: WantedFile | undefined,
  maxFolderBytes: number,
): { readonly wanted: readonly WantedFile[]; readonly beyond: readonly SkippedFile[] } {
  const wanted: WantedFile[] = [];
  const beyond: SkippedFile[] = [];
  let room = maxFolderBytes;
  for (const file of listing.files) {
    if (file.realPath === persona?.realPath) continue;
    const document = toWanted(file);
    const cost = costOf(document);
    if (cost > room) {
      beyond.push({ file: file.path, reason: FOLDER_FULL });
      continue;
    }
    room -= cost;
    wanted.push(document);
  }
  wanted.push(...listing.questions.map(toQuestions));
  return { wanted: persona === undefined ? wanted : [...wanted, persona], beyond };
}

function toWanted(file: FoundFile): WantedFile {
  const format = formatOf(file.path) ?? 'txt';
  return { ...file, format, maxBytes: maxBytesOf(format), role: 'document' };
}

function toQuestions(file: FoundFile): WantedFile {
  return { ...file, format: 'txt', maxBytes: MAX_QUESTIONS_BYTES, role: 'questions' };
}

function costOf({ stamp: { size }, format, maxBytes }: WantedFile): number {
  // One that is too large by itself is refused unread.
  if (size > maxBytes) return 0;
  return isPacked(format) ? Math.min(size, MOST_TEXT) : size;
}
