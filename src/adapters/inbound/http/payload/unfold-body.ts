import { cleanId } from './clean-text.ts';
import { asRecord, type LooseRecord, recordAt, stringAt, valueAt } from './loose-record.ts';

/** One message or event of a body, out of its envelopes, with what these said of it. */
export interface Leaf {
  readonly record: LooseRecord;
  readonly instance?: string;
  /** The envelope's event name in lower case with dots: `messages.upsert`. */
  readonly topic?: string;
}

type Around = Omit<Leaf, 'record'>;

/** So many messages are taken from one body; honest ones hold a few. */
const MAX_LEAVES = 256;

const LONGEST_TOPIC = 64;
/** Where gateways and automation tools put what matters: a list, one object, or another envelope. */
const ENVELOPE_FIELDS = ['messages', 'data', 'body'] as const;
const INSTANCE_FIELDS = ['instance_key', 'instanceKey', 'instance'] as const;

/**
 * Finds the messages in a body, in their order, at most {@link MAX_LEAVES}. Visits each value once;
 * array items that are no objects are passed over. The caller has bounded the nesting.
 */
export function unfoldBody(body: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  visit(body, {}, leaves);
  return leaves;
}

/** An event's name in the one spelling that is compared. */
export function topicOf(name: string | undefined): string | undefined {
  if (name === undefined || name.length > LONGEST_TOPIC) return undefined;
  return name.toLowerCase().replace(/[_-]/gu, '.');
}

function visit(value: unknown, around: Around, leaves: Leaf[]): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      if (leaves.length >= MAX_LEAVES) return;
      visit(item, around, leaves);
    }
    return;
  }
  const record = asRecord(value);
  if (record === undefined) return;
  const known = describe(record, around);
  const inner = isLeaf(record) ? undefined : findInner(record);
  if (inner === undefined) leaves.push({ record, ...known });
  else visit(inner, known, leaves);
}

/** What carries an address of its own is the message, whatever else it holds. */
function isLeaf(record: LooseRecord): boolean {
  return recordAt(record, 'key') !== undefined || stringAt(record, 'phone') !== undefined;
}

function findInner(record: LooseRecord): unknown {
  for (const field of ENVELOPE_FIELDS) {
    const value = valueAt(record, field);
    if (Array.isArray(value) ? value.length > 0 : asRecord(value) !== undefined) return value;
  }
  return undefined;
}

function describe(record: LooseRecord, around: Around): Around {
  const instance = findInstance(record) ?? around.instance;
  const topic = topicOf(stringAt(record, 'event')) ?? around.topic;
  return {
    ...(instance === undefined ? {} : { instance }),
    ...(topic === undefined ? {} : { topic }),
  };
}

function findInstance(record: LooseRecord): string | undefined {
  for (const field of INSTANCE_FIELDS) {
    const instance = cleanId(valueAt(record, field));
    if (instance !== undefined) return instance;
  }
  return undefined;
}
