import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  readWebhookBody,
  type WebhookReading,
} from '../../../../../../src/adapters/inbound/http/payload/read-webhook-body.ts';
import { type Jid } from '../../../../../../src/domain/contact.ts';
import {
  type GatewayEvent,
  type IncomingMessage,
  MAX_TEXT,
  MESSAGE_KINDS,
} from '../../../../../../src/domain/incoming-message.ts';
import { aWebhookBody, toBytes } from '../../../../../builders/a-webhook-body.ts';

const FIXTURES = new URL('../../../../../fixtures/webhooks/', import.meta.url);
const SAMPLES = readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.json'))
  .map((name) => readFileSync(new URL(name, FIXTURES)));
const FIELDS = [...new Set(SAMPLES.flatMap((sample) => fieldsOf(JSON.parse(sample.toString()))))];

const CHATS = ['phone', 'lid', 'group', 'status', 'newsletter', 'other'];
const CONTROLS = /[^\P{Cc}\n\t]/u;
const PHONE_JID = /^\d{8,15}@(s\.whatsapp\.net|hosted)$/u;
const LID_JID = /^\d{1,20}@(lid|hosted\.lid)$/u;

function fieldsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => [
    ...(Array.isArray(value) ? [] : [field]),
    ...fieldsOf(inner),
  ]);
}

function flaws(reading: WebhookReading): string[] {
  if (reading.kind === 'invalid_json') return [];
  const { events } = reading;
  const count = events.length >= 1 && events.length <= 256 ? [] : [`${events.length} events`];
  return [...count, ...events.flatMap(flawsOfEvent)];
}

function flawsOfEvent(event: GatewayEvent): string[] {
  if (event.type === 'message') return flawsOfMessage(event.message);
  if (event.type !== 'connection') return [];
  const isWell = event.ownJid === undefined || isJid(event.ownJid);
  return isWell && typeof event.connected === 'boolean' ? [] : ['connection'];
}

function flawsOfMessage(message: IncomingMessage): string[] {
  const { identity, chat } = message;
  const isPerson = chat === 'phone' || chat === 'lid';
  const rules = {
    fromMe: typeof message.fromMe === 'boolean',
    kind: MESSAGE_KINDS.includes(message.kind),
    chat: CHATS.includes(chat),
    text: isClean(message.text, MAX_TEXT),
    words: message.kind !== 'text' || message.text.trim() !== '',
    name: isAbsentOr(message.name, (name) => isClean(name, 100) && /^[^\n\t]+$/u.test(name)),
    id: isAbsentOr(message.id, isId),
    quotedId: isAbsentOr(message.quotedId, isId),
    instance: isAbsentOr(message.instance, isId),
    sentAt: isAbsentOr(message.sentAt, Number.isSafeInteger),
    someone: isPerson === Object.keys(identity).length > 0,
    phone: isAbsentOr(identity.phone, (jid) => PHONE_JID.test(jid)),
    lid: isAbsentOr(identity.lid, (jid) => LID_JID.test(jid)),
    media: Object.values(message.media ?? {}).every(isMediaField),
    noUndefined: !Object.values(message).includes(undefined),
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}

function isAbsentOr<Value>(value: Value | undefined, holds: (value: Value) => boolean): boolean {
  return value === undefined || holds(value);
}

function isClean(text: string, longest: number): boolean {
  return text.length <= longest && text.isWellFormed() && !CONTROLS.test(text);
}

function isId(id: string): boolean {
  return /^[!-~]{1,200}$/u.test(id);
}

function isJid(jid: Jid): boolean {
  return PHONE_JID.test(jid) || LID_JID.test(jid);
}

function isMediaField(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  return typeof value === 'string' && value !== '' && isClean(value, 2_048);
}

function expectWellRead(body: Uint8Array): void {
  expect(flaws(readWebhookBody(body))).toEqual([]);
}

/** Words that mean something to a reader, so that random values reach its branches. */
const telling = fc.constantFrom<unknown>(
  '558388887777@s.whatsapp.net',
  '123456789012345@lid',
  '@s.whatsapp.net',
  '0@s.whatsapp.net',
  'p',
  '\u0000\u0003\ud800',
  '{"id":"\\ud800"}',
  '__proto__',
  'REVOKE',
  'messages.update',
  'open',
  1e308,
  -1,
  14,
  true,
  null,
  { low: -1, high: 1 },
  { '0': 1, '1': 255 },
  [],
  {},
);
const field = fc.oneof(fc.constantFrom(...FIELDS, '__proto__', 'constructor'), fc.string());
const anyValue = fc.oneof(telling, fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }));

/** JSON made of the fields that real bodies are made of, put together at random. */
const { body: randomBody } = fc.letrec<{ body: unknown; tree: unknown }>((tie) => ({
  body: fc.oneof(fc.array(tie('tree'), { maxLength: 4 }), tie('tree')),
  tree: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    anyValue,
    fc.dictionary(field, tie('tree'), { maxKeys: 6 }),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
}));

interface ByteEdit {
  readonly at: number;
  readonly put: Uint8Array;
  readonly removed: number;
}

const byteEdit: fc.Arbitrary<ByteEdit> = fc.record({
  at: fc.nat(),
  put: fc.uint8Array({ maxLength: 6 }),
  removed: fc.nat({ max: 12 }),
});

function editBytes(sample: Uint8Array, edits: readonly ByteEdit[]): Uint8Array {
  return edits.reduce((bytes, { at, put, removed }) => {
    const start = at % (bytes.length + 1);
    return Uint8Array.from([...bytes.slice(0, start), ...put, ...bytes.slice(start + removed)]);
  }, sample);
}

interface FieldEdit {
  readonly at: number;
  readonly value: unknown;
  /** Where given, the field gets another name instead of another value. */
  readonly name: string | undefined;
}

const fieldEdit: fc.Arbitrary<FieldEdit> = fc.record({
  at: fc.nat({ max: 40 }),
  value: anyValue,
  name: fc.option(field, { nil: undefined }),
});

/** The JSON text with its `at`-th object field changed. */
function editField(json: string, edit: FieldEdit): string {
  let seen = -1;
  const edited: unknown = JSON.parse(json, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
      seen += 1;
      if (seen !== edit.at) return [name, inner];
      return edit.name === undefined ? [name, edit.value] : [edit.name, inner];
    });
    return Object.fromEntries(entries);
  });
  return JSON.stringify(edited);
}

const hostilePart = fc
  .record({
    unit: fc.constantFrom('\u0000', '\u0003', '\ud83d', '[', '{"a":', '"', '\\', '999', 'ꦾ'),
    times: fc.integer({ min: 1_000, max: 20_000 }),
    place: fc.constantFrom('paramsJson', 'text', 'pushName', 'remoteJid', 'id', 'senderPn', 'raw'),
    layers: fc.nat({ max: 80 }),
  })
  .map(({ unit, times, place, layers }) => {
    const long = unit.repeat(times);
    if (place === 'raw') return toBytes(long);
    const flow = { name: 'galaxy_message', paramsJson: place === 'paramsJson' ? long : '{}' };
    let message: object = {
      interactiveResponseMessage: {
        body: { text: place === 'text' ? long : '' },
        nativeFlowResponseMessage: flow,
      },
    };
    for (let layer = 0; layer < layers; layer += 1) message = { viewOnceMessage: { message } };
    const key = { remoteJid: '558388887777@s.whatsapp.net', [place]: long };
    return toBytes({ ...aWebhookBody({ key, message }), [place]: long });
  });

describe('readWebhookBody on malformed bodies', () => {
  it('reads 8,000 random trees of known fields', () => {
    fc.assert(
      fc.property(randomBody, (body) => {
        expectWellRead(toBytes(JSON.stringify(body)));
      }),
      { numRuns: 8_000 },
    );
  });

  it('reads 6,000 real bodies with bytes changed', () => {
    const edits = fc.array(byteEdit, { minLength: 1, maxLength: 4 });

    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), edits, (sample, changes) => {
        expectWellRead(editBytes(sample, changes));
      }),
      { numRuns: 6_000 },
    );
  });

  it('reads 6,000 real bodies with a field changed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fieldEdit, (sample, edit) => {
        expectWellRead(toBytes(editField(sample.toString(), edit)));
      }),
      { numRuns: 6_000 },
    );
  });

  it('reads 1,000 bodies of random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        expectWellRead(body);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads 500 bodies with hostile contents', () => {
    fc.assert(
      fc.property(hostilePart, (body) => {
        expectWellRead(body);
      }),
      { numRuns: 500 },
    );
  });

  it('reads bodies far larger than any that are let in', () => {
    const long = '\u0000'.repeat(1_000_000);

    expectWellRead(toBytes(aWebhookBody({ pushName: long, message: { conversation: long } })));
    expectWellRead(toBytes(`[${'{"data":[],"a":{}},'.repeat(100_000)}{}]`));
    expectWellRead(
      toBytes(`{"message":{${'"a":1,'.repeat(200_000)}"b":2},"phone":"558388887777"}`),
    );
    expectWellRead(toBytes(' '.repeat(2_000_000) + '"' + '\\'.repeat(2_000_001)));
  });

  it('leaves the prototypes as they were', () => {
    const before = [Object.prototype, Array.prototype].map((one) => Reflect.ownKeys(one).length);
    const inherited = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';

    expectWellRead(toBytes(`{"key":${inherited},"message":${inherited},"data":${inherited}}`));

    const after = [Object.prototype, Array.prototype].map((one) => Reflect.ownKeys(one).length);
    expect(after).toEqual(before);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
