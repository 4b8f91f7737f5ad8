/** Deeper JSON is refused unread: no gateway sends it, and recursive readers would suffer from it. */
const MAX_DEPTH = 64;

/** Without the `stream` option each call stands for itself, also after one that threw. */
const decoder = new TextDecoder('utf-8', { fatal: true });

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`, `]` and `}` differ in this bit only. */
const BRACE_BIT = 0x20;
const OPENING = 0x5b | BRACE_BIT;
const CLOSING = 0x5d | BRACE_BIT;

/**
 * Reads JSON in UTF-8, with or without a byte order mark.
 *
 * @returns The value; `undefined` when the bytes are not UTF-8, not JSON, or nested deeper than
 *   {@link MAX_DEPTH}. Never throws.
 */
export function parseJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  if (isDeeperThan(bytes, MAX_DEPTH)) return undefined;
  try {
    return { value: JSON.parse(decoder.decode(bytes)) as unknown };
  } catch {
    return undefined;
  }
}

/**
 * Works on bytes: in UTF-8 no part of a longer character looks like a quote or a brace. On broken
 * JSON the answer may be wrong either way, which the parser then settles.
 */
function isDeeperThan(bytes: Uint8Array, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(bytes, at + 1);
      continue;
    }
    const folded = byte | BRACE_BIT;
    if (folded === OPENING) depth += 1;
    else if (folded === CLOSING) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

function endOfString(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
