import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OpenAiLanguageModel } from '../../../src/adapters/outbound/openai/open-ai-language-model.ts';
import { aModelRequest } from '../../builders/a-model-request.ts';
import { answer, answerJsonText, hang } from '../../support/loopback-scripts.ts';
import { aCompletion } from '../../support/loopback-open-ai.ts';
import { OpenAiUnderTest } from '../../support/open-ai-under-test.ts';

const KEY = 'sk-canary-key-0123456789';
const WORDS = 'canary words of the customer';
const NEVER = new AbortController().signal;

describe('OpenAiLanguageModel', () => {
  let openAi: OpenAiUnderTest;

  beforeEach(async () => {
    openAi = await OpenAiUnderTest.start(KEY);
  });
  afterEach(() => openAi.server.close());

  it('asks with the instructions, the conversation, the model and the limit', async () => {
    const request = aModelRequest({
      instructions: 'Seja breve.',
      conversation: [
        { role: 'user', text: 'Oi' },
        { role: 'assistant', text: 'Olá!' },
        { role: 'user', text: 'Quanto custa?' },
      ],
    });

    await openAi.model().answer(request, NEVER);

    expect(openAi.server.asked).toEqual([
      {
        model: 'gpt-4o',
        messages: [
          { role: 'system', content: 'Seja breve.' },
          { role: 'user', content: 'Oi' },
          { role: 'assistant', content: 'Olá!' },
          { role: 'user', content: 'Quanto custa?' },
        ],
        max_tokens: 700,
      },
    ]);
    expect(openAi.server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('sends a temperature where one is set', async () => {
    await openAi.model({ temperature: 0.2 }).answer(aModelRequest(), NEVER);

    expect(openAi.server.asked[0]?.['temperature']).toBe(0.2);
  });

  it('asks OpenAI itself, where no other server is named, under the newer name of the limit', async () => {
    const asked: { url: string; body: unknown }[] = [];
    const ownFetch = globalThis.fetch;
    globalThis.fetch = (url, init) => {
      asked.push({ url: url as string, body: JSON.parse(init?.body as string) as unknown });
      return Promise.resolve(Response.json(aCompletion('Oi')));
    };
    const { clock, logger } = openAi;
    const options = { apiKey: KEY, model: 'gpt-4o', timeoutMs: 30_000, maxTokens: 700 };

    const model = new OpenAiLanguageModel(options, clock, logger);
    await model
      .answer(aModelRequest({ instructions: 'I', conversation: [] }), NEVER)
      .finally(() => {
        globalThis.fetch = ownFetch;
      });

    expect(asked).toEqual([
      {
        url: 'https://api.openai.com/v1/chat/completions',
        body: {
          model: 'gpt-4o',
          messages: [{ role: 'system', content: 'I' }],
          max_completion_tokens: 700,
        },
      },
    ]);
  });

  it.each([
    [50, 50],
    [9_000, 700],
  ])('lets an answer be of %d tokens by asking for %d', async (asked, sent) => {
    await openAi.model().answer(aModelRequest({ maxTokens: asked }), NEVER);

    expect(openAi.server.asked[0]?.['max_tokens']).toBe(sent);
  });

  it('gives the text, the model and what it has cost', async () => {
    openAi.server.script(answer(200, aCompletion(' O curso custa R$ 497. ')));

    const given = await openAi.model().answer(aModelRequest(), NEVER);

    expect(given).toEqual({
      text: 'O curso custa R$ 497.',
      model: 'gpt-4o-2024-08-06',
      tokensIn: 120,
      tokensCached: 64,
      tokensOut: 8,
    });
  });

  it('counts what a server does not tell as 0', async () => {
    const body = { choices: [{ message: { content: 'Oi' } }], usage: { prompt_tokens: -1 } };
    openAi.server.script(answer(200, body));

    const given = await openAi.model().answer(aModelRequest(), NEVER);

    expect(given).toEqual({
      text: 'Oi',
      model: 'gpt-4o',
      tokensIn: 0,
      tokensCached: 0,
      tokensOut: 0,
    });
  });

  it('keeps what the model thinks aloud from the customer', async () => {
    openAi.server.script(answer(200, aCompletion('<think>\nhm\n</think>\n\nOi!')));

    const given = await openAi.model().answer(aModelRequest(), NEVER);

    expect(given.text).toBe('Oi!');
  });

  it('ends the call at once when the answer is not wanted any more', async () => {
    openAi.server.script(hang());
    const controller = new AbortController();
    const reason = new Error('newer messages');

    const answering = openAi.model().answer(aModelRequest(), controller.signal);
    await openAi.server.received(1);
    controller.abort(reason);

    await expect(answering).rejects.toBe(reason);
    expect(openAi.logger.entries).toEqual([]);
  });

  it('ends the wait between two tries at once, too', async () => {
    openAi.server.script(answer(500, {}));
    const controller = new AbortController();
    const reason = new Error('newer messages');

    const answering = openAi.model().answer(aModelRequest(), controller.signal);
    await openAi.clock.sleepsBegun(2);
    controller.abort(reason);

    await expect(answering).rejects.toBe(reason);
    expect(openAi.server.requests).toHaveLength(1);
  });

  it('leaves no limit running behind an answer', async () => {
    await openAi.model().answer(aModelRequest(), NEVER);

    expect(openAi.clock.sleeping).toBe(0);
  });

  it('tells the log what failed and what follows', async () => {
    openAi.server.script(answer(429, {}, { 'retry-after': '3' }));

    const model = openAi.model({ random: () => 0 });
    await openAi.afterWaits(1, model.answer(aModelRequest(), NEVER));

    expect(openAi.logger.entries).toEqual([
      {
        level: 'warn',
        event: 'model call failed',
        fields: {
          attempt: 1,
          status: 429,
          kind: 'unavailable',
          reason: 'The model answered with HTTP 429.',
          next: 'tries again in 3000 ms',
        },
      },
    ]);
  });

  it('names neither key nor words, whatever fails', async () => {
    openAi.server.script(
      answerJsonText(200, `{"choices": ${WORDS} ${KEY}`),
      answer(500, { error: { message: `${WORDS} ${KEY}` } }),
      answer(401, { error: { message: `${WORDS} ${KEY}`, code: WORDS } }),
    );
    const request = aModelRequest({ conversation: [{ role: 'user', text: WORDS }] });

    const error = await openAi.failureAfter(2, openAi.model().answer(request, NEVER));

    const told = `${error.stack ?? ''} ${String(error.cause)} ${openAi.logger.text()}`;
    expect(told).toContain('OPENAI_API_KEY');
    expect(told).not.toContain('canary');
  });
});
