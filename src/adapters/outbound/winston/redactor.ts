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

/** Names come from the code, a few dozen; those of strangers' objects are not remembered for ever. */
const MAX_NAMES = 500;

const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_LENGTH = 4_000;

/** What a field's name says of its value. */
interface FieldName {
  readonly shown: string;
  readonly isSecret: boolean;
  readonly isIdentifier: boolean;
}

/** Makes fields fit for a log: no secret, no full phone number, errors spelled out, nothing endless. */
export class Redactor {
  private readonly secrets: readonly string[];
  private readonly names = new Map<string, FieldName>();

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

  private value(name: FieldName, value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.string(name, value);
    if (typeof value === 'object' && value !== null) return this.nested(name, value, depth + 1);
    if (typeof value === 'bigint') return String(value);
    return UNWRITABLE.has(typeof value) ? undefined : value;
  }

  private nested(name: FieldName, value: object, depth: number): unknown {
    if (name.isSecret) return REDACTED;
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
    // Without a prototype, so that no name means more than a name.
    const clean = Object.create(null) as Record<string, unknown>;
    for (const name of Object.keys(object).slice(0, MAX_ITEMS)) {
      const about = this.about(name);
      clean[about.shown] = this.value(about, object[name], depth);
    }
    return clean;
  }

  /** Looked at once: a log line for every message would otherwise cost three times as much. */
  private about(name: string): FieldName {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const about = {
      shown: this.text(name),
      isSecret: SECRET_NAME.test(name),
      isIdentifier: IDENTIFIER_NAME.test(name),
    };
    if (this.names.size < MAX_NAMES) this.names.set(name, about);
    return about;
  }

  private string(name: FieldName, value: string): string {
    if (name.isSecret) return REDACTED;
    return name.isIdentifier ? shortened(this.withoutSecrets(value)) : this.text(value);
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
