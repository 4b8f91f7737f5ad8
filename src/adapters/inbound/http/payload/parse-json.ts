/** Deeper JSON is refused: no gateway sends it, and recursive readers would suffer from it. */
const MAX_DEPTH = 64;

/** Without the `stream` option each call stands for itself, also after one that threw. */
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads JSON in UTF-8, with or without a byte order mark. Node's own parser does not recurse, so
 * what is too deep shows in the value.
 *
 * @returns The value; `undefined` when the bytes are not UTF-8, not JSON, or nested deeper than
 *   {@link MAX_DEPTH}. Never throws.
 */
export function parseJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
  return isDeeperThan(value, MAX_DEPTH) ? undefined : { value };
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  const record = value as Readonly<Record<string, unknown>>;
  // Not Object.values: it would make a list of each object, for every webhook.
  for (const name in record) if (isDeeperThan(record[name], levels - 1)) return true;
  return false;
}
