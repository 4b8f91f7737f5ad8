import { type Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import { byPath } from '../../../domain/knowledge/corpus-text.ts';
import { isQuestionsFile } from '../../../domain/knowledge/golden-questions.ts';
import { type SkippedFile } from '../../../domain/knowledge/passage.ts';
import { cureFor, formatOf } from './documents/document-format.ts';
import { type FileStamp, stampOf } from './file-stamp.ts';
import { errorCode } from './system-error.ts';

/** A file that may be knowledge. */
export interface FoundFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  /** Absolute, with every link resolved. */
  readonly realPath: string;
  readonly stamp: FileStamp;
}

/** What lies in the folder, in path order. */
export interface FolderListing {
  readonly files: readonly FoundFile[];
  /** Golden questions: read, and never served. */
  readonly questions: readonly FoundFile[];
  readonly skipped: readonly SkippedFile[];
}

/** Why a link is not followed. */
export const LEADS_OUTSIDE = 'é um atalho para fora da pasta de conhecimento';
const UNREADABLE_NAME = 'o nome tem caracteres que o servidor não lê; renomeie sem acentos';

/**
 * Finds the files of a folder and its sub-folders that have a format for knowledge, the golden
 * questions (`*.perguntas.txt`) apart. Hidden entries, other endings, `persona.md` and other
 * `*.perguntas.*` are passed over in silence; what looks like knowledge and cannot be it is told.
 *
 * @throws the operating system's error when the folder itself cannot be listed, or a part of it for
 * a passing reason: half a folder must not look like a whole one.
 */
export async function scanFolder(folder: string): Promise<FolderListing> {
  const root = await realpath(folder);
  const scan = new FolderScan(root);
  await scan.visit(root, await readdir(root, { withFileTypes: true }));
  return scan.listing();
}

/** Whether a path with resolved links lies in a folder with resolved links. */
export function isInside(root: string, realPath: string): boolean {
  return realPath === root || realPath.startsWith(root.endsWith(sep) ? root : root + sep);
}

class FolderScan {
  private readonly files: FoundFile[] = [];
  private readonly links: FoundFile[] = [];
  private readonly skipped: SkippedFile[] = [];

  constructor(private readonly root: string) {}

  async visit(folder: string, entries: readonly Dirent[]): Promise<void> {
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const absolute = join(folder, entry.name);
      if (entry.isSymbolicLink()) await this.visitLink(absolute);
      else if (entry.isDirectory()) await this.visitFolder(absolute);
      else if (isReadName(entry.name)) await this.visitFile(absolute, entry.isFile());
      else this.visitOther(absolute);
    }
  }

  listing(): FolderListing {
    const own = new Set(this.files.map(({ realPath }) => realPath));
    // A link to a file that is found by its own name would say everything twice.
    const links = this.links.filter(({ realPath }) => !own.has(realPath));
    const skipped = this.skipped.toSorted((one, other) =>
      byPath({ path: one.file }, { path: other.file }),
    );
    const found = [...this.files, ...links].sort(byPath);
    return {
      files: found.filter(({ path }) => !isQuestionsFile(path)),
      questions: found.filter(({ path }) => isQuestionsFile(path)),
      skipped,
    };
  }

  private async visitFolder(absolute: string): Promise<void> {
    if (isReadName(absolute)) {
      this.skip(absolute, 'é uma pasta, não um arquivo');
      return;
    }
    try {
      await this.visit(absolute, await readdir(absolute, { withFileTypes: true }));
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return;
      if (code !== 'EACCES' && code !== 'EPERM') throw error;
      this.skip(absolute, 'pasta sem permissão de leitura');
    }
  }

  private async visitFile(absolute: string, isFile: boolean): Promise<void> {
    if (absolute.includes('\ufffd')) {
      this.skip(absolute, UNREADABLE_NAME);
      return;
    }
    if (!isFile) {
      this.skip(absolute, 'não é um arquivo comum');
      return;
    }
    const stats = await stat(absolute).catch(() => undefined);
    // Gone between being listed and being looked at.
    if (stats === undefined) return;
    this.files.push({ path: this.pathOf(absolute), realPath: absolute, stamp: stampOf(stats) });
  }

  private visitOther(absolute: string): void {
    const cure = isWanted(absolute) ? cureFor(absolute) : undefined;
    if (cure !== undefined) this.skip(absolute, cure);
  }

  // Linked folders are not entered: inside the folder they are found by their own name, and a link
  // upwards would have no end.
  private async visitLink(absolute: string): Promise<void> {
    if (!isReadName(absolute)) return;
    try {
      const realPath = await realpath(absolute);
      if (!isInside(this.root, realPath)) {
        this.skip(absolute, LEADS_OUTSIDE);
        return;
      }
      const stats = await stat(realPath);
      if (stats.isFile()) {
        this.links.push({ path: this.pathOf(absolute), realPath, stamp: stampOf(stats) });
      } else {
        this.skip(absolute, 'não é um arquivo comum');
      }
    } catch {
      this.skip(absolute, 'é um atalho que não leva a um arquivo');
    }
  }

  private skip(absolute: string, reason: string): void {
    this.skipped.push({ file: this.pathOf(absolute), reason });
  }

  private pathOf(absolute: string): string {
    return relative(this.root, absolute).split(sep).join('/');
  }
}

function isReadName(path: string): boolean {
  return isQuestionsFile(path) || (formatOf(path) !== undefined && isWanted(path));
}

/** Not who the agent is, not other questions, and not the mark that Word leaves beside an open document. */
function isWanted(path: string): boolean {
  return !/(?:\.perguntas\.[^/\\]*|(?:^|[/\\])(?:persona\.md|~\$[^/\\]*))$/iu.test(path);
}
