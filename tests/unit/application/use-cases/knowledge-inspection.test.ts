import { beforeEach, describe, expect, it } from '@jest/globals';

import { KnowledgeInspection } from '../../../../src/application/use-cases/knowledge-inspection.ts';
import { InMemoryKnowledgeStore } from '../../../doubles/in-memory-knowledge-store.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';

const NOON = Date.UTC(2026, 10, 25, 12);

let knowledge: InMemoryKnowledgeStore;
let logger: RecordingLogger;
let clock: ManualClock;
let inspection: KnowledgeInspection;

beforeEach(() => {
  knowledge = new InMemoryKnowledgeStore();
  logger = new RecordingLogger();
  clock = new ManualClock(NOON);
  inspection = new KnowledgeInspection({ knowledge, clock, logger }, 'America/Sao_Paulo');
});

describe('KnowledgeInspection', () => {
  it('tells and logs what is wrong with what is served', async () => {
    knowledge.put('a.txt', 'Fale com {{NOME}}');
    knowledge.skip({ file: 'b.txt', reason: 'o arquivo está vazio' });
    await knowledge.reload('all');

    const notices = await inspection.notices();

    expect(notices.map(({ kind, file, line }) => [kind, file, line])).toEqual([
      ['skipped_file', 'b.txt', undefined],
      ['placeholder', 'a.txt', 1],
    ]);
    expect(logger.entries).toEqual([
      {
        level: 'warn',
        event: 'knowledge needs a look',
        fields: expect.objectContaining({ kind: 'placeholder', file: 'a.txt', line: 1 }) as unknown,
      },
    ]);
  });

  it('looks again only at other texts, other skipped files or on another day', async () => {
    knowledge.put('a.txt', 'Início: 25/11/2026. Fale com {{NOME}}');
    await knowledge.reload('all');
    const first = await inspection.notices();
    const same = await inspection.notices();
    // Still the 25th in the shop.
    clock.jump(14 * 3_600_000);
    const late = await inspection.notices();
    clock.jump(3_600_000);

    const nextDay = await inspection.notices();

    expect(same).toBe(first);
    expect(late).toBe(first);
    expect(nextDay.map(({ kind }) => kind)).toEqual(['placeholder', 'past_date']);
  });

  it('logs twenty notices and says that there are more', async () => {
    knowledge.put('a.txt', 'Fale com {{NOME}}\n'.repeat(30));
    await knowledge.reload('all');

    expect(await inspection.notices()).toHaveLength(30);
    expect(logger.events()).toHaveLength(21);
    expect(logger.entries.at(-1)).toMatchObject({
      event: 'knowledge needs more looks',
      fields: { notices: 30 },
    });
  });

  it('lets others work between its steps', async () => {
    knowledge.put('a.txt', 'Linha\n'.repeat(10));
    await knowledge.reload('all');
    let at = 0;
    let sleeps = 0;
    const slow = {
      now: () => NOON,
      monotonic: () => (at += 6),
      sleep: () => {
        sleeps += 1;
        return Promise.resolve();
      },
    };

    await new KnowledgeInspection({ knowledge, clock: slow, logger }, 'UTC').notices();

    expect(sleeps).toBeGreaterThan(3);
  });
});
