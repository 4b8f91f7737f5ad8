import { beforeEach, describe, expect, it } from '@jest/globals';

import { MeasuredLanguageModel } from '../../../src/adapters/outbound/system/measured-language-model.ts';
import { LanguageModelError } from '../../../src/application/ports/outbound/language-model.ts';
import { estimateTokens } from '../../../src/domain/tokens.ts';
import { aModelRequest } from '../../builders/a-model-request.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { RecordingMeter } from '../../doubles/recording-meter.ts';
import { ScriptedLanguageModel } from '../../doubles/scripted-language-model.ts';

const RUNNING = new AbortController().signal;

let model: ScriptedLanguageModel;
let clock: ManualClock;
let meter: RecordingMeter;
let measured: MeasuredLanguageModel;

beforeEach(() => {
  model = new ScriptedLanguageModel();
  clock = new ManualClock();
  meter = new RecordingMeter();
  measured = new MeasuredLanguageModel(model, clock, meter);
});

describe('MeasuredLanguageModel', () => {
  it('hands the answer on, with time and tokens measured', async () => {
    const call = model.willHold();
    const answer = measured.answer(aModelRequest(), RUNNING);
    await call.begun;
    await clock.advance(1_500);
    call.answer('R$ 100');

    const { instructions, conversation } = aModelRequest();
    const texts = [instructions, ...conversation.map(({ text }) => text)];
    const estimate = texts.reduce((tokens, text) => tokens + estimateTokens(text), 0);
    expect(await answer).toMatchObject({ text: 'R$ 100' });
    expect(meter.measured).toMatchObject([
      ['modelAnswered', { tokensIn: 120, tokensCached: 64, tokensOut: 8 }, 1_500],
      ['promptCounted', estimate, 120],
    ]);
  });

  it('measures what was spent on no answer', async () => {
    const spent = { tokensIn: 9, tokensCached: 0, tokensOut: 1 };
    model.willFail(new LanguageModelError('unusable', 'empty', spent));

    await expect(measured.answer(aModelRequest(), RUNNING)).rejects.toThrow('empty');
    expect(meter.measured).toEqual([['modelFailed', 'unusable', spent, 0]]);
  });

  it('measures nothing of a call that was called off', async () => {
    const caller = new AbortController();
    const call = model.willHold();
    const answer = measured.answer(aModelRequest(), caller.signal);
    await call.begun;
    caller.abort(new Error('superseded'));

    await expect(answer).rejects.toThrow('superseded');
    expect(meter.measured).toEqual([]);
  });
});
