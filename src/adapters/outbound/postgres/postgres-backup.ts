import { existsSync } from 'node:fs';

import {
  type BackupOutcome,
  BackupRefusedError,
  type StoreBackup,
} from '../../../application/ports/outbound/store-backup.ts';

const PASSWORD_HINT =
  'pg_dump asks for the password; where nobody can type it, it takes it from PGPASSWORD or ~/.pgpass';

const CERTIFICATE_HINT =
  'pg_dump looks for the certificate authority in ~/.postgresql/root.crt; or add sslrootcert=<file> to the address';

/** Names the command of PostgreSQL's own tool, which belongs to the server's version and is not always on this machine. */
export class PostgresBackup implements StoreBackup {
  readonly usual: StoreBackup['usual'];
  readonly #address: URL;
  readonly #hints: readonly string[];

  /** @param url - The database's address, with or without a password. */
  constructor(url: string) {
    const address = new URL(url);
    const { searchParams } = address;
    const hasPassword = address.password !== '' || searchParams.has('password');
    const lacksAuthority =
      searchParams.get('sslmode') === 'verify-full' && !searchParams.has('sslrootcert');
    address.password = '';
    searchParams.delete('password');
    this.#address = address;
    this.#hints = [
      ...(hasPassword ? [PASSWORD_HINT] : []),
      ...(lacksAuthority ? [CERTIFICATE_HINT] : []),
    ];
    const stem = decodeURIComponent(address.pathname.slice(1)).replaceAll(/[^\w.-]/gu, '_');
    this.usual = { folder: '.', stem, extension: '.dump' };
  }

  make(file: string): Promise<BackupOutcome> {
    // pg_dump itself would overwrite it.
    if (existsSync(file)) {
      const reason = `${file} exists already, and is left as it is`;
      return Promise.reject(new BackupRefusedError(reason));
    }
    const command = `umask 077 && pg_dump --format=custom --file=${quoted(file)} --dbname=${quoted(this.#address.href)}`;
    return Promise.resolve({ kind: 'command', command, hints: this.#hints });
  }
}

/** As one word of a shell's command line. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
