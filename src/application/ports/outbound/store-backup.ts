/** What came of a backup: a file that was written and checked, or the command that makes one. */
export type BackupOutcome =
  | { readonly kind: 'written'; readonly bytes: number }
  | { readonly kind: 'command'; readonly command: string; readonly hints: readonly string[] };

/** The backup cannot be made as things are; the message says why, and holds no secret. */
export class BackupRefusedError extends Error {
  override readonly name = 'BackupRefusedError';
}

/** Copies everything that is kept, while the service runs. */
export interface StoreBackup {
  /** Where a backup goes when nobody says, and what its name begins and ends with. */
  readonly usual: { readonly folder: string; readonly stem: string; readonly extension: string };

  /**
   * Makes a backup in a new file, for its own account only. Afterwards the file holds one state of
   * the store, found to be sound, and is on disk; when it fails there is no such file.
   *
   * @throws BackupRefusedError where there is nothing to copy, the file is there already, or the
   *   copy is not sound.
   */
  make(file: string): Promise<BackupOutcome>;
}
