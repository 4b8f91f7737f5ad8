import { maskNumber } from '../../../domain/contact.ts';
import { errorFields } from './error-fields.ts';

const REDACTED = '[redacted]';

/** Fields whose words are secret by their name. Counts such as `tokensIn` are none. */
const SECRET_NAME = /(?:token|authorization|api[-_]?key|secret|password|cookie)$/iu;

/** Fields in which long numbers are no phone numbers. */
const IDENTIFIER_NAME =
  /(?:Ids?|Version|At|Hash|_(?:ids?|version|at|hash))$|^(?:ids?|version|at|hash)$/u;

const PHONE_LIKE = /(?<!\d)\d{10,15}(?!\d)/gu;

/** A shorter value would be found in ordinary words. */
const SHORTEST_SECRET = 4;

const UNWRITABLE: ReadonlySet<string> = new Set(['function', 'symbol']);

const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_LENGTH = 4_000;

/** Makes fields fit for a log: no secret, no full phone number, errors spelled out, nothing endless. */
export class Redactor {
  private readonly secrets: readonly string[];

  /** @param secrets - Values that are replaced wherever they appear, as they are or as a part of a URL. */
  constructor(secrets: readonly string[]) {
    const long = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
    const spellings = new Set(long.flatMap((secret) => [secret, encodeURIComponent(secret)]));
    // A secret may be the beginning of another.
    this.secrets = [...spellings].sort((a, b) => b.length - a.length);
  }

  /** A copy that may be written down. */
  fields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return this.object(fields, 0);
  }

  /** A text that may be written down. */
  text(text: string): string {
    return shortened(this.withoutSecrets(text).replace(PHONE_LIKE, maskNumber));
  }

  private value(name: string, value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.string(name, value);
    if (typeof value === 'object' && value !== null) return this.nested(name, value, depth + 1);
    if (typeof value === 'bigint') return String(value);
    return UNWRITABLE.has(typeof value) ? undefined : value;
  }

  private nested(name: string, value: object, depth: number): unknown {
    if (SECRET_NAME.test(name)) return REDACTED;
    if (depth > MAX_DEPTH) return '[…]';
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    const items = itemsOf(value);
    if (items !== undefined) return items.map((item) => this.value(name, item, depth));
    const fields = value instanceof Error ? errorFields(value) : value;
    return this.object(fields as Readonly<Record<string, unknown>>, depth);
  }

  private object(
    object: Readonly<Record<string, unknown>>,
    depth: number,
  ): Record<string, unknown> {
    const entries = Object.entries(object).slice(0, MAX_ITEMS);
    return Object.fromEntries(
      entries.map(([name, value]) => [this.text(name), this.value(name, value, depth)]),
    );
  }

  private string(name: string, value: string): string {
    if (SECRET_NAME.test(name)) return REDACTED;
    return IDENTIFIER_NAME.test(name) ? shortened(this.withoutSecrets(value)) : this.text(value);
  }

  /** Looks at twice what is kept: a secret that was cut in two would not be recognised. */
  private withoutSecrets(text: string): string {
    const seen = text.slice(0, 2 * MAX_LENGTH);
    return this.secrets.reduce((clean, secret) => clean.replaceAll(secret, REDACTED), seen);
  }
}

function itemsOf(value: object): readonly unknown[] | undefined {
  const isList = Array.isArray(value) || value instanceof Map || value instanceof Set;
  return isList ? [...(value as Iterable<unknown>)].slice(0, MAX_ITEMS) : undefined;
}

function shortened(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
