import { once } from 'node:events';
import { type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { aWebhookBody, toBytes } from '../../builders/a-webhook-body.ts';
import { MALFORMED_BODIES } from '../../support/malformed-bodies.ts';
import { WebhookService } from '../../support/webhook-service.ts';

/** What a whole test may take, ms: a body that is not answered ends it. */
const LIMIT_MS = 20_000;
/** So many bodies come at once, so that good and bad ones meet in one commit. */
const AT_ONCE = 10;

const OBJECT_KEYS = Reflect.ownKeys(Object.prototype);

/** How a service is left by what it was sent. */
interface Aftermath {
  /** The answer to the next message. */
  readonly next: string;
  readonly integrity: string;
  readonly errors: readonly string[];
  readonly objectKeys: readonly PropertyKey[];
}

const WELL: Aftermath = {
  next: '{"status":"processing"}',
  integrity: 'ok',
  errors: [],
  objectKeys: OBJECT_KEYS,
};

/** Messages that are stored: odd words, names and ids from odd people. */
const oddMessage = fc
  .record({
    user: fc.stringMatching(/^[1-9]\d{7,14}$/u),
    server: fc.constantFrom('s.whatsapp.net', 'lid', 'c.us', 'hosted'),
    id: fc.oneof(fc.uuid(), fc.string({ unit: 'binary' })),
    fromMe: fc.boolean(),
    words: fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
    name: fc.string({ unit: 'binary' }),
    part: fc.constantFrom('conversation', 'imageMessage', 'orderMessage', 'contactMessage'),
    field: fc.constantFrom('caption', 'message', 'displayName', 'mediaKey', 'url', 'fileName'),
  })
  .map(({ user, server, id, fromMe, words, name, part, field }) =>
    toBytes(
      aWebhookBody({
        key: { remoteJid: `${user}@${server}`, fromMe, id },
        pushName: name,
        message: { [part]: part === 'conversation' ? words : { [field]: words } },
      }),
    ),
  );

const FLOODS = { ...MALFORMED_BODIES, oddMessage };

describe('POST /webhook before hostile bodies', () => {
  let service: WebhookService;

  beforeEach(async () => {
    service = await WebhookService.start();
  });
  afterEach(() => service.stop());

  async function aftermath(): Promise<Aftermath> {
    const key = { remoteJid: '5511977776666@s.whatsapp.net', fromMe: false, id: 'THE-NEXT-ONE' };
    const { text: next } = await service.post(toBytes(aWebhookBody({ key })));
    const { integrity } = await service.stop();
    const errors = service.logger.events('error');
    return { next, integrity, errors, objectKeys: Reflect.ownKeys(Object.prototype) };
  }

  it.each([
    ['500 random trees of known fields', 'randomTree', 50],
    ['500 real bodies with bytes changed', 'bytesChanged', 50],
    ['500 real bodies with a field changed', 'fieldChanged', 50],
    ['100 bodies of random bytes', 'randomBytes', 10],
    ['100 bodies with hostile contents', 'hostile', 10],
    ['300 messages of odd words', 'oddMessage', 30],
  ] as const)(
    'answers %s, each with 200 or 413',
    async (_name, flood, numRuns) => {
      const bodies = fc.array(FLOODS[flood], { minLength: AT_ONCE, maxLength: AT_ONCE });

      await fc.assert(
        fc.asyncProperty(bodies, async (batch) => {
          const answers = await Promise.all(batch.map((body) => service.post(body)));

          const unexpected = answers.filter(({ status }) => status !== 200 && status !== 413);
          expect(unexpected).toEqual([]);
        }),
        { numRuns, endOnFailure: true },
      );
      expect(await aftermath()).toEqual(WELL);
    },
    LIMIT_MS,
  );

  it.each<[number, string, OutgoingHttpHeaders, Uint8Array]>([
    [413, 'a body over 256 kB', {}, new Uint8Array(262_145)],
    [
      413,
      'one that does not tell its length',
      { 'Transfer-Encoding': 'chunked' },
      new Uint8Array(262_145),
    ],
    [
      413,
      'one that unpacks to 100 MB',
      { 'Content-Encoding': 'gzip' },
      gzipSync(new Uint8Array(104_857_600)),
    ],
    [400, 'one that is packed wrongly', { 'Content-Encoding': 'gzip' }, toBytes('{}')],
    [400, 'one that is packed wrongly in another way', { 'Content-Encoding': 'br' }, toBytes('{}')],
    [415, 'one that is packed in an unknown way', { 'Content-Encoding': 'rot13' }, toBytes('{}')],
    [200, 'an unknown character set', { 'Content-Type': 'text/x; charset=klingon' }, toBytes('{}')],
    [200, 'a content type that is none', { 'Content-Type': ';;;' }, toBytes('{}')],
    [200, '256 kB of brackets', {}, toBytes('['.repeat(262_144))],
    [200, '256 kB of numbers', {}, toBytes(`[${'9'.repeat(262_142)}]`)],
    [
      200,
      '256 kB of accents',
      {},
      toBytes(
        aWebhookBody({
          pushName: `e${'\u0301'.repeat(60_000)}`,
          message: { conversation: `e${'\u0301\u0323'.repeat(33_000)}` },
        }),
      ),
    ],
    [
      200,
      '256 kB of fields',
      {},
      toBytes(`{${Array.from({ length: 20_000 }, (_field, index) => `"${index}":{}`).join(',')}}`),
    ],
    [
      200,
      '256 kB of messages',
      {},
      toBytes(`[${'{"phone":"558388887777","message":"a"},'.repeat(6_000)}{}]`),
    ],
  ])(
    'answers with %i to %s',
    async (status, _name, headers, body) => {
      const answer = await service.post(body, headers);

      expect(answer.status).toBe(status);
      expect(await aftermath()).toEqual(WELL);
    },
    LIMIT_MS,
  );

  it(
    'lives on when the sender goes away in the middle of a body',
    async () => {
      for (let time = 0; time < AT_ONCE; time += 1) {
        const socket = connect(service.port, '127.0.0.1');
        await once(socket, 'connect');
        socket.write(
          'POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{"messages":[',
        );
        socket.resetAndDestroy();
      }

      expect(await aftermath()).toEqual(WELL);
    },
    LIMIT_MS,
  );

  it(
    'stores what can be answered among the odd messages',
    async () => {
      const bodies = fc.sample(oddMessage, 200);

      for (const body of bodies) await service.post(body);

      const { messages } = await service.stop();
      expect(messages).toBeGreaterThan(20);
    },
    LIMIT_MS,
  );
});
