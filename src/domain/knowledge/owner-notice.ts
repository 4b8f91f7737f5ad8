/** Something that the owner should see, in words for them (Brazilian Portuguese). */
export interface OwnerNotice {
  /** Path below the knowledge folder, with `/`. */
  readonly file: string;
  /** From 1; absent where it is about the file as a whole. */
  readonly line?: number;
  readonly message: string;
}

/** `cursos/excel.txt, linha 7: falta ...`. */
export function noticeLine({ message, ...place }: OwnerNotice): string {
  return `${placeName(place)}: ${message}`;
}

/** `cursos/excel.txt, linha 7`. */
export function placeName({ file, line }: Pick<OwnerNotice, 'file' | 'line'>): string {
  return line === undefined ? file : `${file}, linha ${line}`;
}
