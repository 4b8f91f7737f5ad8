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
] as const;

const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$|^::1$/u;
const LOOPBACK_HOST = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?$/iu;

/**
 * Whether a person or script on this very machine made the request. A connection from loopback does
 * not suffice: a proxy connects from there, and so does a browser on behalf of a web page. The page
 * gives itself away by its `Origin` or, where its own name was pointed at this machine, by `Host`.
 */
export function isDirectLoopback({ socket, headers }: Caller): boolean {
  if (!LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '')) return false;
  if (FORWARDING_HEADERS.some((name) => headers[name] !== undefined)) return false;
  const { host = '', origin } = headers;
  if (!LOOPBACK_HOST.test(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}
