import { beforeEach, describe, expect, it } from '@jest/globals';
import { AxiosError, AxiosHeaders } from 'axios';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { APIError } from 'openai';
import {
  WinstonLogger,
  type WinstonOptions,
} from '../../../src/adapters/outbound/winston/winston-logger.ts';
import { type LogFields } from '../../../src/application/ports/outbound/logger.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';

const SECRET = 'canary+secret/123';

describe('WinstonLogger', () => {
  let stream: PassThrough;

  beforeEach(() => {
    stream = new PassThrough();
  });

  function aLogger(overrides: Partial<WinstonOptions> = {}): WinstonLogger {
    const options = { level: 'info', style: 'json', secrets: [SECRET], stream } as const;
    return new WinstonLogger({ ...options, ...overrides }, new ManualClock());
  }

  async function written(): Promise<string> {
    if (stream.readableLength === 0) await once(stream, 'readable');
    return String(stream.read());
  }

  async function logged(fields: LogFields): Promise<Record<string, unknown>> {
    aLogger().info('happened', fields);
    return JSON.parse(await written()) as Record<string, unknown>;
  }

  it('writes one line of JSON an event', async () => {
    const logger = aLogger({ common: { pid: 7 } });

    logger.info('turn answered', { contactId: 12, ms: 3.5 });
    logger.warn('sending paused');

    expect(await written()).toBe(
      '{"time":"2026-09-15T12:00:00.000Z","level":"info","event":"turn answered","pid":7,"contactId":12,"ms":3.5}\n' +
        '{"time":"2026-09-15T12:00:00.000Z","level":"warn","event":"sending paused","pid":7}\n',
    );
  });

  it('writes one readable line an event', async () => {
    const logger = aLogger({ style: 'readable' });

    logger.error('load\nfailed', { file: 'a b.txt', of: 3, none: undefined, kind: 'x' });

    expect(await written()).toBe('12:00:00.000 ERROR load\\nfailed file="a b.txt" of=3 kind=x\n');
  });

  it('writes nothing below its level', async () => {
    const logger = aLogger({ level: 'warn' });

    logger.debug('a');
    logger.info('b');
    logger.error('c');

    expect(JSON.parse(await written())).toMatchObject({ event: 'c' });
  });

  it('writes the lines of one turn of the event loop in one piece, in order', async () => {
    const pieces: string[] = [];
    stream.on('data', (piece: Buffer) => pieces.push(piece.toString()));
    const logger = aLogger({ style: 'readable', gathers: true });

    logger.info('um');
    logger.error('dois');
    await setImmediate();
    logger.info('três');
    await setImmediate();
    await setImmediate();

    expect(pieces).toEqual([
      '12:00:00.000 INFO  um\n12:00:00.000 ERROR dois\n',
      '12:00:00.000 INFO  três\n',
    ]);
  });

  it('writes at once what waits when it is flushed, and nothing twice', async () => {
    const logger = aLogger({ style: 'readable', gathers: true });

    logger.info('último');
    logger.flush();
    logger.flush();
    const atOnce = String(stream.read());
    await setImmediate();

    expect(atOnce).toBe('12:00:00.000 INFO  último\n');
    expect(stream.readableLength).toBe(0);
  });

  it('lets no field pass for the head', async () => {
    const entry = await logged({ level: 'error', event: 'forged', time: 'never' });

    expect(entry).toMatchObject({ level: 'info', event: 'happened' });
  });

  it.each(['json', 'readable'] as const)('keeps an event to one line in %s', async (style) => {
    const hostile = 'x\n{"level":"error"}\r\u001B[31m\u2028\u2029\u0085\u009B\u202Ey';

    aLogger({ style }).info('happened', { name: hostile, [hostile]: 1 });
    const text = await written();

    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202E]/u);
  });

  it('replaces secrets wherever they are', async () => {
    const entry = await logged({
      url: 'http://x/canary%2Bsecret%2F123?a',
      list: [`a ${SECRET} b`],
      map: new Map([['k', SECRET]]),
      requestId: SECRET,
      [SECRET]: 1,
      deep: { error: new Error(`bad ${SECRET}`, { cause: new Error(SECRET) }) },
      long: `${'x'.repeat(3_995)}${SECRET}`,
    });

    expect(JSON.stringify(entry)).not.toContain('canar');
    expect(entry['list']).toEqual(['a [redacted] b']);
  });

  it('replaces secrets in the event, too', async () => {
    aLogger().info(`token ${SECRET}`);

    expect(await written()).toContain('"event":"token [redacted]"');
  });

  it('hides words under the name of a secret, and shows counts', async () => {
    const entry = await logged({
      token: 'a',
      Authorization: 'Bearer a',
      api_key: 'a',
      apiKey: ['a'],
      adminPassword: { a: 1 },
      tokensIn: 7,
    });

    expect(entry).toMatchObject({
      token: '[redacted]',
      Authorization: '[redacted]',
      api_key: '[redacted]',
      apiKey: '[redacted]',
      adminPassword: '[redacted]',
      tokensIn: 7,
    });
  });

  it('masks what may be a phone number, but in identifiers', async () => {
    const entry = await logged({
      contact: '5583988887777@s.whatsapp.net',
      note: 'de 83988887777 para +5583988887777',
      landline: '8332221111',
      short: '123456789',
      gatewayId: '123456789012',
      version: '123456789012',
      resolveAt: '1790000000000',
      format: '123456789012',
    });

    expect(entry).toMatchObject({
      contact: '55*******7777@s.whatsapp.net',
      note: 'de 83*****7777 para +55*******7777',
      landline: '83****1111',
      short: '123456789',
      gatewayId: '123456789012',
      version: '123456789012',
      resolveAt: '1790000000000',
      format: '12******9012',
    });
  });

  it('spells errors out', async () => {
    const cause = Object.assign(new TypeError('inner'), { code: 'EACCES', status: 'x' });

    const { error } = await logged({ error: new AggregateError([cause], 'outer', { cause }) });

    const inner = { name: 'TypeError', message: 'inner', code: 'EACCES', status: 'x' };
    expect(error).toMatchObject({
      name: 'AggregateError',
      message: 'outer',
      stack: expect.stringMatching(/^at .*winston-logger\.test\.ts/u),
      cause: inner,
      errors: [inner],
    });
  });

  it.each<[string, Error]>([
    [
      'axios',
      new AxiosError('canary', 'ECONNRESET', {
        headers: new AxiosHeaders({ authorization: 'Bearer canary' }),
        data: 'canary',
      }),
    ],
    ['the SDK', APIError.generate(401, { error: { message: 'canary' } }, 'canary', new Headers())],
    [
      'axios over another',
      Object.assign(new AxiosError('it failed'), { config: {}, cause: new Error('canary') }),
    ],
    ['a server as the SDK tells it', Object.assign(new Error('canary'), { error: 'canary' })],
    ['JSON.parse', new SyntaxError('"canary" is not valid JSON')],
  ])('shows of an error of %s only what is safe', async (_name, error) => {
    const entry = await logged({ error });

    expect(entry['error']).toMatchObject({ name: error.name });
    expect(JSON.stringify(entry)).not.toContain('canary');
  });

  it('ends with values that do not', async () => {
    const circle: Record<string, unknown> = { text: 'x'.repeat(10_000) };
    circle['self'] = circle;

    const entry = await logged({
      circle,
      many: Array(1_000).fill(1),
      bytes: new Uint8Array(9),
      big: 10n,
      when: new Date(0),
      never: new Date(Number.NaN),
      run: () => 1,
      nothing: null,
      set: new Set(['a']),
    });

    expect(JSON.stringify(entry).length).toBeLessThan(30_000);
    expect(entry).toMatchObject({
      bytes: '[9 bytes]',
      big: '10',
      when: '1970-01-01T00:00:00.000Z',
      never: null,
      nothing: null,
      set: ['a'],
    });
    expect(entry).not.toHaveProperty('run');
  });
});
