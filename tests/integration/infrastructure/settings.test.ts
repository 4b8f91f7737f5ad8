import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FastService } from '../../support/fast-service.ts';
import { LoopbackMega } from '../../support/loopback-mega.ts';
import { LoopbackOpenAi } from '../../support/loopback-open-ai.ts';
import { eventually } from '../../support/polling.ts';

/** States no fact, so that it leaves as it is whatever the knowledge says. */
const ANSWER = 'Claro, posso ajudar!';

describe('the settings of a running service', () => {
  let mega: LoopbackMega;
  let openAi: LoopbackOpenAi;
  let service: FastService;

  beforeEach(async () => {
    mega = await LoopbackMega.start();
    openAi = await LoopbackOpenAi.start({ respond: () => ANSWER });
  });
  afterEach(async () => {
    await service.stop();
    await Promise.all([mega.close(), openAi.close()]);
  });

  async function start(settings: Readonly<Record<string, string>>): Promise<void> {
    const urls = { megaUrl: mega.url, openAiUrl: openAi.url };
    service = await FastService.start({ ...urls, speed: 1, settings });
  }

  /** How the turns ended, once there are so many. */
  function outcomes(count: number): Promise<readonly unknown[]> {
    return eventually(`${count} turns`, () => {
      const ends = service.rows('SELECT outcome FROM turn ORDER BY id');
      return ends.length < count ? undefined : ends.map(({ outcome }) => outcome);
    });
  }

  it('shape what is asked of the model', async () => {
    await start({ MODEL_NAME: 'model-1', LLM_TEMPERATURE: '0.25', LLM_MAX_TOKENS: '77' });

    await service.receive('5583988887777@s.whatsapp.net', 'Oi, tudo bem?');
    await outcomes(1);

    expect(openAi.asked).toMatchObject([{ model: 'model-1', temperature: 0.25, max_tokens: 77 }]);
  });

  it('end the answers of a day', async () => {
    await start({ LLM_DAILY_TOKENS: '100' });

    await service.receive('5583988887777@s.whatsapp.net', 'Oi, tudo bem?');
    await outcomes(1);
    await service.receive('5583977776666@s.whatsapp.net', 'Bom dia!');

    expect(await outcomes(2)).toEqual(['answered', 'silent']);
  });

  it('end the answers to one contact in an hour', async () => {
    await start({ REPLIES_PER_HOUR: '1' });

    await service.receive('5583988887777@s.whatsapp.net', 'Oi, tudo bem?');
    await outcomes(1);
    await service.receive('5583988887777@s.whatsapp.net', 'Bom dia!');

    expect(await outcomes(2)).toEqual(['answered', 'silent']);
  });
});
