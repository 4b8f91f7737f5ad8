/** A JSON object of unknown make. Read it through the functions below: they see own fields only. */
export type LooseRecord = Readonly<Record<string, unknown>>;

const INTEGER = /^-?\d{1,16}$/u;
const TWO_TO_32 = 2 ** 32;

/** The value as an object; `undefined` for arrays, `null` and everything else. */
export function asRecord(value: unknown): LooseRecord | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as LooseRecord) : undefined;
}

/** The record's own field; nothing inherited, so that `constructor` is as absent as it looks. */
export function valueAt(record: LooseRecord, field: string): unknown {
  return Object.hasOwn(record, field) ? record[field] : undefined;
}

export function recordAt(record: LooseRecord, field: string): LooseRecord | undefined {
  return asRecord(valueAt(record, field));
}

export function listAt(record: LooseRecord, field: string): readonly unknown[] | undefined {
  const value = valueAt(record, field);
  return Array.isArray(value) ? value : undefined;
}

/** The first of the fields that holds a string with more than white space in it. */
export function stringAt(record: LooseRecord, ...fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const value = valueAt(record, field);
    if (typeof value === 'string' && /\S/u.test(value)) return value;
  }
  return undefined;
}

/**
 * A whole number in any of the spellings of a 64-bit integer: a number, digits in a string, or
 * `{low, high}`. `undefined` where it is none or does not fit a safe integer.
 */
export function integerAt(record: LooseRecord, field: string): number | undefined {
  const number = numberOf(valueAt(record, field));
  return Number.isSafeInteger(number) ? number : undefined;
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'string') return INTEGER.test(value) ? Number(value) : Number.NaN;
  const parts = asRecord(value);
  if (parts === undefined) return Number.NaN;
  const low = valueAt(parts, 'low');
  const high = valueAt(parts, 'high') ?? 0;
  if (typeof low !== 'number' || typeof high !== 'number') return Number.NaN;
  // The low half is a signed 32-bit number; `>>> 0` reads the same bits without the sign.
  return high * TWO_TO_32 + (low >>> 0);
}

/** `true` in the spellings met; anything else is no. */
export function isTrueAt(record: LooseRecord, field: string): boolean {
  const value = valueAt(record, field);
  return value === true || value === 'true' || value === 1;
}
