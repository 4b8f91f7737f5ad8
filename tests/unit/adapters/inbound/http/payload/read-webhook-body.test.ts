import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readWebhookBody } from '../../../../../../src/adapters/inbound/http/payload/read-webhook-body.ts';
import { aWebhookBody, toBytes } from '../../../../../builders/a-webhook-body.ts';
import { EXPECTED_EVENTS } from '../../../../../fixtures/webhooks/expected-events.ts';

const FIXTURES = new URL('../../../../../fixtures/webhooks/', import.meta.url);

describe('readWebhookBody', () => {
  it.each(EXPECTED_EVENTS)('reads %s', (file, events) => {
    const body = readFileSync(new URL(`${file}.json`, FIXTURES));

    expect(readWebhookBody(body)).toStrictEqual({ kind: 'events', events });
  });

  it('has an expectation for each fixture', () => {
    const files = readdirSync(FIXTURES).filter((name) => name.endsWith('.json'));

    expect(files.sort()).toEqual(EXPECTED_EVENTS.map(([file]) => `${file}.json`).sort());
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'olá'],
    ['65 levels', '['.repeat(65) + ']'.repeat(65)],
  ])('calls a body of %s invalid JSON', (_name, body) => {
    expect(readWebhookBody(toBytes(body))).toEqual({ kind: 'invalid_json' });
  });

  it.each(['null', 'true', '7', '"oi"', '[]', '{}', '[1,[null,"a"]]', '{"data":[]}'])(
    'finds nothing to read in %s',
    (body) => {
      expect(readWebhookBody(toBytes(body))).toEqual({
        kind: 'events',
        events: [{ type: 'unreadable' }],
      });
    },
  );

  it('leaves Object.prototype as it was', () => {
    readWebhookBody(readFileSync(new URL('hostile-prototype.json', FIXTURES)));

    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('takes at most 256 messages from a body', () => {
    const reading = readWebhookBody(
      toBytes({ messages: Array.from({ length: 300 }, () => aWebhookBody()) }),
    );

    expect(reading).toHaveProperty('events.length', 256);
  });
});
