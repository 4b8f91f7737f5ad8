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
import { MALFORMED_BODIES } from '../../../../../support/malformed-bodies.ts';

const CHATS = ['phone', 'lid', 'group', 'status', 'newsletter', 'other'];
const CONTROLS = /[^\P{Cc}\n\t]/u;
const PHONE_JID = /^\d{8,15}@(s\.whatsapp\.net|hosted)$/u;
const LID_JID = /^\d{1,20}@(lid|hosted\.lid)$/u;

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

describe('readWebhookBody on malformed bodies', () => {
  it.each([
    ['8,000 random trees of known fields', 'randomTree', 8_000],
    ['6,000 real bodies with bytes changed', 'bytesChanged', 6_000],
    ['6,000 real bodies with a field changed', 'fieldChanged', 6_000],
    ['1,000 bodies of random bytes', 'randomBytes', 1_000],
    ['500 bodies with hostile contents', 'hostile', 500],
  ] as const)('reads %s', (_name, flaw, numRuns) => {
    fc.assert(
      fc.property(MALFORMED_BODIES[flaw], (body) => {
        expectWellRead(body);
      }),
      { numRuns },
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
