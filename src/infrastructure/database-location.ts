/** Where everything is kept. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | {
      readonly kind: 'postgres';
      /** The whole address, password included. */
      readonly url: string;
      /** Host and database, for people. */
      readonly shown: string;
      readonly password?: string;
    };

const EXAMPLE =
  'must be file: and a path, such as file:var/agent.db, or postgres://account:password@host:5432/database';

/** With each of them but the first the server's certificate is checked, name included. */
const SSL_MODES: ReadonlySet<string> = new Set(['disable', 'require', 'verify-ca', 'verify-full']);

/** @returns The location, or what is wrong with the text; never its password. */
export function readDatabaseUrl(text: string): DatabaseLocation | string {
  if (/^postgres(?:ql)?:/u.test(text)) return readPostgresUrl(text);
  if (!/^file:.+/u.test(text)) return EXAMPLE;
  return { kind: 'sqlite', file: text.replace(/^file:(?:\/\/(?=\/))?/u, '') };
}

function readPostgresUrl(text: string): DatabaseLocation | string {
  const password = readPassword(text);
  if (password === undefined) {
    return `${EXAMPLE}; in a password, write characters such as @ / # % as %40 %2F %23 %25`;
  }
  const url = new URL(text);
  const database = url.pathname.slice(1);
  if (url.hostname === '' || database === '') return 'must name a host and a database';
  if (!checksCertificates(url)) {
    return `sslmode must be one of ${[...SSL_MODES].join(', ')}; the server's certificate is always checked`;
  }
  const location = {
    kind: 'postgres',
    url: url.href,
    shown: `${url.host}/${decodeURIComponent(database)}`,
  } as const;
  return password === '' ? location : { ...location, password };
}

/** Leaves the address asking for the full check where it asks for TLS at all. @returns Whether it can be had. */
function checksCertificates({ searchParams }: URL): boolean {
  const mode = searchParams.get('sslmode') ?? 'disable';
  if (!SSL_MODES.has(mode) || searchParams.has('uselibpqcompat')) return false;
  // The driver warns of every other spelling, as a later version of it will check less for them.
  if (mode !== 'disable') searchParams.set('sslmode', 'verify-full');
  return true;
}

/** @returns `undefined` for an address that cannot be read. */
function readPassword(text: string): string | undefined {
  try {
    return decodeURIComponent(new URL(text).password);
  } catch {
    return undefined;
  }
}
