import { type IncomingHttpHeaders } from 'node:http';

interface Caller {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: IncomingHttpHeaders;
}

/** Any of these says that somebody else stands behind the connection. */
const FORWARDING_HEADERS = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
  'via',
  'x-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
] as const;

/** How a browser says that a request is its user's own or that of the service's own page. */
const OWN_SITE: ReadonlySet<unknown> = new Set([undefined, 'none', 'same-origin']);

const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$|^::1$/u;
const LOOPBACK_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/iu;

/**
 * Whether a person or script on this very machine made the request. A connection from loopback does
 * not suffice: a proxy connects from there, and so does a browser on behalf of a web page. The page
 * gives itself away by its `Origin` or `Sec-Fetch-Site` or, where its own name was pointed at this
 * machine, by `Host`. A proxy that adds no header and sends its target as `Host` (nginx does so by
 * default) cannot be told from a person: behind one, only ADMIN_TOKEN keeps strangers out.
 */
export function isDirectLoopback({ socket, headers }: Caller): boolean {
  if (!LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '')) return false;
  if (FORWARDING_HEADERS.some((name) => headers[name] !== undefined)) return false;
  const { host = '', origin } = headers;
  if (!LOOPBACK_HOST.test(host) || !OWN_SITE.has(headers['sec-fetch-site'])) return false;
  return origin === undefined || origin === `http://${host}`;
}
