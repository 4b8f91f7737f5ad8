import { OpenAiLanguageModel } from '../../../src/adapters/outbound/openai/open-ai-language-model.ts';
import { languageModelContract } from '../../contracts/language-model-contract.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../doubles/recording-logger.ts';
import { ScriptedLanguageModel } from '../../doubles/scripted-language-model.ts';
import { LoopbackOpenAi } from '../../support/loopback-open-ai.ts';

languageModelContract('OpenAiLanguageModel', async () => {
  const openAi = await LoopbackOpenAi.start();
  const options = {
    apiKey: 'sk-test',
    baseUrl: openAi.url,
    model: 'gpt-4o',
    timeoutMs: 30_000,
    maxTokens: 700,
  };
  const model = new OpenAiLanguageModel(options, new ManualClock(), new RecordingLogger());
  return { model, close: () => openAi.close() };
});

languageModelContract('ScriptedLanguageModel', () =>
  Promise.resolve({ model: new ScriptedLanguageModel(), close: () => Promise.resolve() }),
);
