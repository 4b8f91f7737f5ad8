import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { OpenAiEmbedder } from '../../../src/adapters/outbound/openai/open-ai-embedder.ts';
import {
  EmbeddingError,
  type EmbeddingErrorKind,
} from '../../../src/application/ports/outbound/embedder.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { LoopbackOpenAi, someEmbeddings } from '../../support/loopback-open-ai.ts';
import {
  answer,
  answerJsonText,
  drip,
  halfBody,
  hang,
  resetAfterReading,
  resetBeforeReading,
} from '../../support/loopback-scripts.ts';
import { type Script } from '../../support/loopback-server.ts';

const KEY = 'sk-test-secret';

describe('OpenAiEmbedder', () => {
  let server: LoopbackOpenAi;
  let clock: ManualClock;
  let embedder: OpenAiEmbedder;

  beforeEach(async () => {
    server = await LoopbackOpenAi.start({ embed: (text) => [text.length, 0] });
    clock = new ManualClock();
    const options = { apiKey: KEY, baseUrl: server.url, model: 'text-embedding-3-small' };
    embedder = new OpenAiEmbedder(options, clock);
  });
  afterEach(() => server.close());

  async function failureOf(call: Promise<unknown>): Promise<EmbeddingError> {
    const thrown: unknown = await call.catch((error: unknown) => error);
    if (thrown instanceof EmbeddingError) return thrown;
    throw new Error('The call has not failed with an EmbeddingError.');
  }

  const numbers = (...vectors: unknown[]): Script =>
    answer(200, { data: vectors.map((embedding, index) => ({ index, embedding })) });

  it('asks for all texts at once, and gives vectors of length 1', async () => {
    const { vectors, tokens } = await embedder.embed(['Preço', 'Horário'], 2_000);

    expect(vectors.map((vector) => [...vector])).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect(tokens).toBe(14);
    expect(server.asked).toEqual([
      { model: 'text-embedding-3-small', input: ['Preço', 'Horário'], encoding_format: 'base64' },
    ]);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(clock.sleeping).toBe(0);
  });

  it('takes numbers that are written out, in whatever order, without a count of tokens', async () => {
    const data = [
      { index: 1, embedding: [0, 5] },
      { index: 0, embedding: [3, 4] },
    ];
    server.script(answer(200, { data }));

    const { vectors, tokens } = await embedder.embed(['a', 'b'], 2_000);

    expect(vectors.map((vector) => vector.map((value) => Math.round(value * 10)))).toEqual([
      Float32Array.from([6, 8]),
      Float32Array.from([0, 10]),
    ]);
    expect(tokens).toBe(0);
  });

  it('names the model and where it is, since other vectors cannot be compared', () => {
    expect(embedder.model).toBe(`text-embedding-3-small ${server.url}`);
  });

  it.each<[EmbeddingErrorKind, string, Script]>([
    ['unavailable', 'HTTP 500', answer(500, {})],
    ['unavailable', 'HTTP 429', answer(429, {})],
    ['unavailable', 'a reset before reading', resetBeforeReading()],
    ['unavailable', 'a reset after reading', resetAfterReading()],
    ['refused', 'HTTP 401', answer(401, { error: { message: KEY } })],
    ['refused', 'HTTP 404', answer(404, {})],
    ['refused', 'a redirect', answer(302, '', { location: 'http://127.0.0.1:9/' })],
    ['unusable', 'half an answer', halfBody(200, '{"data":[')],
    ['unusable', 'no JSON', answerJsonText(200, '{"data": oops')],
    ['unusable', 'a web page', answer(200, '<html>login</html>')],
    ['unusable', 'a chat completion', answer(200, { choices: [] })],
    ['unusable', 'too few vectors', answer(200, someEmbeddings([[1, 0]]))],
    ['unusable', 'too many vectors', answer(200, someEmbeddings([[1], [1], [1]]))],
    [
      'unusable',
      'one vector twice',
      answer(200, { data: [0, 0].map((index) => ({ index, embedding: [1] })) }),
    ],
    ['unusable', 'vectors of different sizes', numbers([1, 0], [1])],
    ['unusable', 'empty vectors', numbers([], [])],
    ['unusable', 'no direction', numbers([0, 0], [0, 0])],
    [
      'unusable',
      'NaN',
      answer(
        200,
        someEmbeddings([
          [1, 0],
          [Number.NaN, 0],
        ]),
      ),
    ],
    [
      'unusable',
      'infinity',
      answer(
        200,
        someEmbeddings([
          [1, 0],
          [Infinity, 0],
        ]),
      ),
    ],
    ['unusable', 'words for numbers', numbers(['a'], ['b'])],
    ['unusable', 'half a number', numbers('AAAA', 'AAAA')],
    [
      'unusable',
      'a vector of any length',
      numbers(
        Array.from({ length: 9_000 }, () => 1),
        [1],
      ),
    ],
  ])('is %s after %s', async (kind, _, script) => {
    server.script(script);

    const error = await failureOf(embedder.embed(['a', 'b'], 2_000));

    expect(error.kind).toBe(kind);
    expect(`${error.message} ${String(error.cause)}`).not.toContain(KEY);
    // One try; the caller knows when the next one is due.
    expect(server.requests).toHaveLength(1);
    expect(clock.sleeping).toBe(0);
  });

  it.each<[string, Script]>([
    ['never answers', hang()],
    ['begins to answer and stops', drip('{"data":[{"index":0,"embedding":"')],
  ])('gives up a server that %s', async (_, script) => {
    server.script(script);
    const failure = failureOf(embedder.embed(['a'], 2_000));
    await server.received(1);
    await clock.advance(2_000);

    expect((await failure).message).toBe('The embedding model did not answer in time.');
  });

  it('reads no endless answer', async () => {
    server.script({
      play: ({ response }) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const more = (): void => {
          while (response.write('[1,1,1,1,1,1,1,1]'.repeat(5_000)));
        };
        response.on('drain', more);
        more();
      },
    });

    const error = await failureOf(embedder.embed(['a'], 2_000));

    expect([error.kind, error.message]).toEqual([
      'unusable',
      'The embeddings cannot be used: they are larger than 8 MB.',
    ]);
  });

  it('ends early when it is told to', async () => {
    server.script(hang());
    const stop = new AbortController();
    const failure = failureOf(embedder.embed(['a'], 2_000, stop.signal));
    await server.received(1);
    stop.abort();

    expect((await failure).kind).toBe('unavailable');
    expect(clock.sleeping).toBe(0);
  });
});
