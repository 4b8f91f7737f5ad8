import { realpath, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';

import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { byPath, type DocumentText } from '../../../domain/knowledge/corpus-text.ts';
import { type SkippedFile } from '../../../domain/knowledge/passage.ts';
import { type FileStamp, isSameStamp, stampOf } from './file-stamp.ts';
import { type DocumentFile, DocumentReader } from './documents/document-reader.ts';
import { type FileReading } from './read-file.ts';
import { isInside, LEADS_OUTSIDE, scanFolder } from './scan-folder.ts';
import { errorCode } from './system-error.ts';
import { type Role, type WantedFile, wantedFiles } from './wanted-files.ts';

/** Where the owner's texts are, and how patient reading them is. */
export interface FolderSettings {
  readonly folder: string;
  readonly personaFile: string;
  readonly clock: Clock;
  /** For how long a changed file must have been left alone before it is read; the poll interval fits. */
  readonly settleMs: number;
  /** How much text is read in all, bytes; {@link MAX_FOLDER_BYTES} unless a test says otherwise. */
  readonly maxFolderBytes?: number;
  /** For tests: reads one file. */
  readonly read?: (file: DocumentFile) => Promise<FileReading>;
}

/** All that the folder holds at one moment, in path order. */
export interface FolderContent {
  readonly documents: readonly DocumentText[];
  /** The files of golden questions that can be read. */
  readonly questions: readonly DocumentText[];
  readonly skipped: readonly SkippedFile[];
  /** `undefined` where the owner wrote none that can be read. */
  readonly persona?: string;
}

/** What is served of a file: its text, the reason why not, or a text with what is to be known of it. */
interface KeptFile {
  readonly role: Role;
  readonly stamp: FileStamp;
  readonly text?: string;
  readonly reason?: string;
  /** Of the bytes, where the same ones need not be read again. */
  readonly digest?: string;
  /** To be read again at the next look even if nothing shows that it changed. */
  readonly again: boolean;
}

// With so much prose a process was measured at 310 MB; pm2 restarts it at 400.
const MAX_FOLDER_BYTES = 24 * 1024 * 1024;
const MAX_PERSONA_BYTES = 20 * 1024;

/** How long a reading that a person asked for waits to see whether a fresh file is still being written, ms. */
const SECOND_LOOK_MS = 250;

/** Stands for the persona's path where it is not below the folder: no machine's paths are told. */
const PERSONA_OUTSIDE = 'PERSONA_FILE';

const DEFAULT_PERSONA_FILE = 'persona.md';
const NOT_THERE = 'não existe; confira PERSONA_FILE';

const NEVER: FileStamp = { size: -1, mtimeMs: -1, ctimeMs: -1, inode: -1 };

const BEING_WRITTEN = 'está sendo gravado agora; será lido na próxima verificação';

/**
 * Reads a folder again and again, each file only when it has changed and its writer has finished.
 * Until then the file's former content stands.
 */
export class FolderReader {
  private readonly documents: DocumentReader;
  private readonly read: (file: DocumentFile) => Promise<FileReading>;
  private kept = new Map<string, KeptFile>();
  private seen = new Map<string, FileStamp>();
  private isFirst = true;

  constructor(private readonly settings: FolderSettings) {
    this.documents = new DocumentReader(settings.clock);
    this.read = settings.read ?? ((file) => this.documents.read(file));
  }

  /**
   * @param how - `all`: every file is read; one that was written a moment ago is looked at twice instead of
   * being left for later.
   * @throws the operating system's error when the folder cannot be listed; nothing has changed then.
   */
  async content(how: 'changed' | 'all'): Promise<FolderContent> {
    const listing = await scanFolder(this.settings.folder);
    const persona = await this.findPersona();
    const { maxFolderBytes = MAX_FOLDER_BYTES } = this.settings;
    const [found, unfound] =
      persona !== undefined && 'reason' in persona ? [undefined, [persona]] : [persona, []];
    const { wanted, beyond } = wantedFiles(listing, found, maxFolderBytes);
    const waiting = await this.round(wanted, how);
    this.forgetAllBut(wanted);
    this.isFirst = false;
    return this.assemble([...listing.skipped, ...unfound, ...beyond], waiting);
  }

  /** @returns The paths of the files that are still being written. */
  private async round(
    wanted: readonly WantedFile[],
    how: 'changed' | 'all',
  ): Promise<ReadonlySet<string>> {
    this.documents.begin();
    try {
      const waiting = await this.takeReady(wanted, how);
      if (how === 'all') await this.lookTwice(wanted, waiting);
      return waiting;
    } finally {
      await this.documents.end();
    }
  }

  // Where the operator points outside the folder, that is meant; a link planted in the folder is not.
  private async findPersona(): Promise<WantedFile | SkippedFile | undefined> {
    const file = resolve(this.settings.personaFile);
    const folder = resolve(this.settings.folder);
    const isOwn = isInside(folder, file);
    const path = isOwn ? relative(folder, file).split(sep).join('/') : PERSONA_OUTSIDE;
    try {
      const realPath = await realpath(file);
      if (isOwn && !isInside(await realpath(folder), realPath)) {
        return { file: path, reason: LEADS_OUTSIDE };
      }
      const stamp = stampOf(await stat(realPath));
      const maxBytes = MAX_PERSONA_BYTES;
      return { path, realPath, stamp, maxBytes, format: 'txt', role: 'persona' };
    } catch (error) {
      const code = errorCode(error);
      // The one that is looked for by itself need not be there; one that was asked for must.
      if (code === 'ENOENT' && path === DEFAULT_PERSONA_FILE) return undefined;
      return { file: path, reason: code === 'ENOENT' ? NOT_THERE : `não pôde ser lido (${code})` };
    }
  }

  private async takeReady(
    wanted: readonly WantedFile[],
    how: 'changed' | 'all',
  ): Promise<Set<string>> {
    const waiting = new Set<string>();
    for (const file of wanted) {
      if (!this.mustRead(file, how)) continue;
      const isReady = this.isFirst || this.isSettled(file);
      if (!isReady || !(await this.take(file))) waiting.add(file.path);
    }
    return waiting;
  }

  private mustRead(file: WantedFile, how: 'changed' | 'all'): boolean {
    const kept = this.kept.get(file.path);
    if (how === 'all' || kept === undefined || kept.again) return true;
    return !isSameStamp(kept.stamp, file.stamp);
  }

  private isSettled(file: WantedFile): boolean {
    const isUnchanged = isSameStamp(this.kept.get(file.path)?.stamp ?? NEVER, file.stamp);
    const isLeftAlone = isSameStamp(file.stamp, this.seen.get(file.path));
    return isUnchanged || isLeftAlone || !this.isFresh(file.stamp);
  }

  // A time in the future is another machine's clock, and no proof of age.
  private isFresh({ mtimeMs }: FileStamp): boolean {
    return this.settings.clock.now() - mtimeMs < this.settings.settleMs;
  }

  private async lookTwice(wanted: readonly WantedFile[], waiting: Set<string>): Promise<void> {
    if (waiting.size === 0) return;
    await this.settings.clock.sleep(SECOND_LOOK_MS);
    for (const file of wanted.filter(({ path }) => waiting.has(path))) {
      const stats = await stat(file.realPath).catch(() => undefined);
      const isStill = stats !== undefined && isSameStamp(file.stamp, stampOf(stats));
      if (isStill && (await this.take(file))) waiting.delete(file.path);
    }
  }

  /** @returns Whether the file is done with for now; otherwise its former content stands. */
  private async take(file: WantedFile): Promise<boolean> {
    const kept = this.kept.get(file.path);
    const knownDigest = kept?.digest;
    const reading = await this.read(knownDigest === undefined ? file : { ...file, knownDigest });
    if (reading.kind === 'gone') {
      this.kept.delete(file.path);
      return true;
    }
    if (reading.kind !== 'unreadable' && !reading.isStill && !this.isFirst) return false;
    this.kept.set(file.path, this.toKept(file, reading));
    return true;
  }

  private toKept(file: WantedFile, reading: Exclude<FileReading, { kind: 'gone' }>): KeptFile {
    const { stamp, role } = file;
    const former = this.kept.get(file.path);
    if (reading.kind === 'unreadable') {
      const { reason } = reading;
      const kept = { role, stamp, reason, again: true };
      return former?.text === undefined ? kept : { ...kept, text: former.text };
    }
    // Written again within the same tick of the file system's clock, it would look untouched.
    const again = Math.abs(this.settings.clock.now() - stamp.mtimeMs) < this.settings.settleMs;
    if (reading.kind === 'same') return { ...former, role, stamp, again };
    const { digest } = reading;
    const kept = { role, stamp, again, ...(digest === undefined ? {} : { digest }) };
    if (reading.kind === 'refused') return { ...kept, reason: reading.reason };
    const { notice } = reading;
    const text = this.once(file, reading);
    return notice === undefined ? { ...kept, text } : { ...kept, text, reason: notice };
  }

  // What is served holds on to the former text: the same one read again would take memory twice.
  private once(file: WantedFile, { text }: { readonly text: string }): string {
    const former = this.kept.get(file.path)?.text;
    return former === text ? former : text;
  }

  private forgetAllBut(wanted: readonly WantedFile[]): void {
    this.seen = new Map(wanted.map(({ path, stamp }) => [path, stamp]));
    this.kept = new Map([...this.kept].filter(([path]) => this.seen.has(path)));
  }

  private assemble(unfit: readonly SkippedFile[], waiting: ReadonlySet<string>): FolderContent {
    const documents: DocumentText[] = [];
    const questions: DocumentText[] = [];
    const skipped: SkippedFile[] = [...unfit];
    let persona: string | undefined;
    for (const [path, { role, text, reason }] of this.kept) {
      if (reason !== undefined) skipped.push({ file: path, reason });
      if (role === 'persona') persona = text;
      else if (text !== undefined)
        (role === 'document' ? documents : questions).push({ path, text });
    }
    for (const path of waiting) skipped.push({ file: path, reason: BEING_WRITTEN });
    skipped.sort((one, other) => byPath({ path: one.file }, { path: other.file }));
    const found = { documents: documents.sort(byPath), questions: questions.sort(byPath), skipped };
    return persona === undefined ? found : { ...found, persona };
  }
}
