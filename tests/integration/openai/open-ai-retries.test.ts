import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LanguageModelError } from '../../../src/application/ports/outbound/language-model.ts';
import { aModelRequest } from '../../builders/a-model-request.ts';
import { aCompletion } from '../../support/loopback-open-ai.ts';
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
import { OpenAiUnderTest } from '../../support/open-ai-under-test.ts';

const NEVER = new AbortController().signal;
const CUT_OFF = answer(200, aCompletion('O cur', { finishReason: 'length' }));

describe('OpenAiLanguageModel in trouble', () => {
  let openAi: OpenAiUnderTest;

  beforeEach(async () => {
    openAi = await OpenAiUnderTest.start('sk-test');
  });
  afterEach(() => openAi.server.close());

  it.each<[string, Script]>([
    ['HTTP 500', answer(500, { error: { message: 'oops' } })],
    ['HTTP 503', answer(503, '<html>busy</html>')],
    ['HTTP 408', answer(408, '')],
    ['HTTP 409', answer(409, '')],
    ['HTTP 429', answer(429, { error: { code: 'rate_limit_exceeded' } })],
    ['a Retry-After that cannot be read', answer(429, {}, { 'retry-after': 'soon' })],
    ['a reset before the request was read', resetBeforeReading()],
    ['a reset after the request was read', resetAfterReading()],
    ['half an answer', halfBody(200, '{"choices":[')],
    ['an answer that is no JSON', answerJsonText(200, '{"choices": oops')],
    ['an answer of nothing', answerJsonText(200, '')],
    ['a web page', answer(200, '<html>login</html>')],
    ['an answer without choices', answer(200, { choices: [] })],
    ['an empty answer', answer(200, aCompletion('  '))],
    ['an answer without content', answer(200, aCompletion(null))],
    ['an answer that was cut off', CUT_OFF],
    ['a filtered answer', answer(200, aCompletion('O', { finishReason: 'content_filter' }))],
    ['a refusal', answer(200, aCompletion(null, { refusal: 'No.' }))],
    ['a refusal beside some words', answer(200, aCompletion('Eu', { refusal: 'No.' }))],
    ['thoughts without an answer', answer(200, aCompletion('<think>hm'))],
  ])('tries again after %s', async (_name, script) => {
    openAi.server.script(script);

    const given = await openAi.afterWaits(1, openAi.model().answer(aModelRequest(), NEVER));

    expect(given.text).toBe('O curso custa R$ 100.');
    expect(openAi.clock.sleeps).toEqual([30_000, 1_000, 30_000]);
    expect(openAi.logger.events('warn')).toEqual(['model call failed']);
  });

  it('adds up what all tries have cost', async () => {
    openAi.server.script(CUT_OFF);

    const given = await openAi.afterWaits(1, openAi.model().answer(aModelRequest(), NEVER));

    expect(given).toMatchObject({ tokensIn: 240, tokensCached: 128, tokensOut: 16 });
  });

  it('says what all tries have cost when none could be used', async () => {
    openAi.server.script(CUT_OFF, CUT_OFF, CUT_OFF);

    const error = await openAi.failureAfter(2, openAi.model().answer(aModelRequest(), NEVER));

    expect(error.spent).toEqual({ tokensIn: 360, tokensCached: 192, tokensOut: 24 });
  });

  it.each<[LanguageModelError['kind'], string, Script]>([
    ['unavailable', 'HTTP 500', answer(500, {})],
    ['unavailable', 'a reset', resetAfterReading()],
    ['unusable', 'a cut answer', CUT_OFF],
    ['unusable', 'bad JSON', answerJsonText(200, '{"choices": oops')],
  ])('is %s after the third time of %s', async (kind, _name, script) => {
    openAi.server.script(script, script, script);

    const error = await openAi.failureAfter(2, openAi.model().answer(aModelRequest(), NEVER));

    expect(error.kind).toBe(kind);
    expect(openAi.server.requests).toHaveLength(3);
    expect(openAi.clock.sleeps).toEqual([30_000, 1_000, 30_000, 2_000, 30_000]);
  });

  it('is unavailable where nobody listens, and says what to check', async () => {
    await openAi.server.close();

    const error = await openAi.failureAfter(2, openAi.model().answer(aModelRequest(), NEVER));

    expect(error).toEqual(
      new LanguageModelError(
        'unavailable',
        'The model could not be reached; check the network and OPENAI_BASE_URL.',
      ),
    );
  });

  it.each<[number, unknown, string]>([
    [400, { error: { message: 'oops' } }, 'HTTP 400: check MODEL_NAME'],
    [401, {}, 'check OPENAI_API_KEY'],
    [403, {}, 'check what OPENAI_API_KEY may do'],
    [404, {}, 'check MODEL_NAME and OPENAI_BASE_URL'],
    [413, {}, 'lower RAG_CONTEXT_TOKENS'],
    [422, {}, 'check OPENAI_BASE_URL'],
    [429, { error: { code: 'insufficient_quota' } }, 'credit is used up'],
    [429, { error: { type: 'insufficient_quota' } }, 'credit is used up'],
  ])('is refused at once by HTTP %i %j', async (status, body, hint) => {
    openAi.server.script(answer(status, body));

    const error = await openAi.failureAfter(0, openAi.model().answer(aModelRequest(), NEVER));

    expect(error.kind).toBe('refused');
    expect(error.message).toContain(hint);
    expect(openAi.server.requests).toHaveLength(1);
    expect(openAi.logger.entries[0]?.fields['next']).toBe('gives up');
  });

  it('follows no redirect', async () => {
    const location = `${openAi.server.url}/chat/completions`;
    openAi.server.script(answer(307, '', { location }));

    const error = await openAi.failureAfter(0, openAi.model().answer(aModelRequest(), NEVER));

    expect(error.kind).toBe('refused');
    expect(openAi.server.requests).toHaveLength(1);
  });

  it.each([
    ['seconds', '20'],
    ['a date', 'Tue, 15 Sep 2026 12:00:20 GMT'],
  ])('waits as long as Retry-After says in %s, and up to a second more', async (_name, value) => {
    openAi.server.script(answer(429, {}, { 'retry-after': value }));

    const model = openAi.model({ random: () => 0.5 });
    await openAi.afterWaits(1, model.answer(aModelRequest(), NEVER));

    expect(openAi.clock.sleeps).toEqual([30_000, 20_500, 30_000]);
  });

  it.each([
    ['0', '0'],
    ['a date gone by', 'Tue, 15 Sep 2026 11:00:00 GMT'],
  ])('waits no less after a Retry-After of %s than without one', async (_name, value) => {
    const busy = answer(429, {}, { 'retry-after': value });
    openAi.server.script(busy, busy);

    const model = openAi.model({ random: () => 0 });
    await openAi.afterWaits(2, model.answer(aModelRequest(), NEVER));

    expect(openAi.clock.sleeps).toEqual([30_000, 500, 30_000, 1_000, 30_000]);
  });

  it.each([
    ['forward', 3_600_000],
    ['back', -3_600_000],
  ])('gives the turn its 90 s though the wall clock jumps %s', async (_name, jumpMs) => {
    openAi.server.script(hang(), hang(), hang());
    const { clock, server } = openAi;

    const failing = openAi.failureAfter(0, openAi.model().answer(aModelRequest(), NEVER));
    await server.received(1);
    clock.jump(jumpMs);
    await clock.advance(30_000);
    await clock.sleepsBegun(2);
    await clock.advance(1_000);
    await server.received(2);
    await clock.advance(30_000);
    await clock.sleepsBegun(4);
    await clock.advance(2_000);
    await server.received(3);
    await clock.advance(27_000);
    await failing;

    expect(clock.sleeps).toEqual([30_000, 1_000, 30_000, 2_000, 27_000]);
  });

  it('gives up at once when Retry-After passes the 90 s of the turn', async () => {
    openAi.server.script(answer(429, {}, { 'retry-after': '90' }));

    const error = await openAi.failureAfter(0, openAi.model().answer(aModelRequest(), NEVER));

    expect(error.kind).toBe('unavailable');
    expect(openAi.clock.sleeps).toEqual([30_000]);
  });

  it('takes no more than what is left of those 90 s', async () => {
    openAi.server.script(hang());
    const request = aModelRequest({ withinMs: 7_000 });

    const failing = openAi.failureAfter(0, openAi.model().answer(request, NEVER));
    await openAi.server.received(1);
    await openAi.clock.advance(7_000);

    expect((await failing).kind).toBe('unavailable');
    expect(openAi.clock.sleeps).toEqual([7_000]);
  });

  it('ends a try that hangs after 30 s, and the turn after 90 s', async () => {
    openAi.server.script(hang(), drip('{"choices":['), hang());
    const { clock, server } = openAi;

    const failing = openAi.failureAfter(0, openAi.model().answer(aModelRequest(), NEVER));
    await server.received(1);
    await clock.advance(30_000);
    await clock.sleepsBegun(2);
    await clock.advance(1_000);
    await server.received(2);
    await clock.advance(30_000);
    await clock.sleepsBegun(4);
    await clock.advance(2_000);
    await server.received(3);
    await clock.advance(27_000);
    const error = await failing;

    expect(error.message).toBe('The model did not answer in time.');
    expect(clock.sleeps).toEqual([30_000, 1_000, 30_000, 2_000, 27_000]);
  });

  it('spreads the waits by chance', async () => {
    openAi.server.script(answer(500, {}), answer(500, {}));

    const model = openAi.model({ random: () => 0 });
    await openAi.afterWaits(2, model.answer(aModelRequest(), NEVER));

    expect(openAi.clock.sleeps).toEqual([30_000, 500, 30_000, 1_000, 30_000]);
  });
});
