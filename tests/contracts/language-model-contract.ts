import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LanguageModel } from '../../src/application/ports/outbound/language-model.ts';
import { aModelRequest } from '../builders/a-model-request.ts';

export interface LanguageModelUnderTest {
  readonly model: LanguageModel;
  readonly close: () => Promise<void>;
}

/** What every language model does, however it comes to its answers. */
export function languageModelContract(
  name: string,
  open: () => Promise<LanguageModelUnderTest>,
): void {
  describe(`${name} keeps the language model contract`, () => {
    let model: LanguageModel;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ model, close } = await open());
    });
    afterEach(() => close());

    it('answers with a text and the model it is from', async () => {
      const answer = await model.answer(aModelRequest(), new AbortController().signal);

      expect(answer.text.trim()).not.toBe('');
      expect(answer.model).not.toBe('');
    });

    it('counts tokens in whole numbers, the cached ones among those that went in', async () => {
      const answer = await model.answer(aModelRequest(), new AbortController().signal);

      const counts = [answer.tokensIn, answer.tokensCached, answer.tokensOut];
      expect(counts.every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true);
      expect(answer.tokensCached).toBeLessThanOrEqual(answer.tokensIn);
    });

    it("rejects with the signal's reason when the answer is not wanted any more", async () => {
      const reason = new Error('not wanted');

      const answering = model.answer(aModelRequest(), AbortSignal.abort(reason));

      await expect(answering).rejects.toBe(reason);
    });

    it('answers several at once', async () => {
      const requests = Array.from({ length: 8 }, () =>
        model.answer(aModelRequest(), new AbortController().signal),
      );

      const answers = await Promise.all(requests);

      expect(answers.every(({ text }) => text.trim() !== '')).toBe(true);
    });
  });
}
