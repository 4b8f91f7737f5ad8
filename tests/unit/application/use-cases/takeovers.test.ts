import { beforeEach, describe, expect, it } from '@jest/globals';
import { ResumeConversationUseCase } from '../../../../src/application/use-cases/resume-conversation.ts';
import { TakeOverConversationUseCase } from '../../../../src/application/use-cases/take-over-conversation.ts';
import { type ContactId, type Jid } from '../../../../src/domain/contact.ts';
import { anInMemoryStore, type InMemoryStore } from '../../../doubles/in-memory-store.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';

const ANA = 1 as ContactId;
const PHONE = { phone: '5583988887777@s.whatsapp.net' as Jid };

let store: InMemoryStore;
let logger: RecordingLogger;
let takeOver: TakeOverConversationUseCase;
let resume: ResumeConversationUseCase;

beforeEach(async () => {
  store = anInMemoryStore();
  logger = new RecordingLogger();
  takeOver = new TakeOverConversationUseCase(store.takeovers, logger);
  resume = new ResumeConversationUseCase(store.takeovers, logger);
  await store.outbox.enqueue({ identity: PHONE, parts: ['Oi'] });
});

describe('TakeOverConversation', () => {
  it('pauses the agent for the contact, and logs it', async () => {
    expect(await takeOver.execute(ANA)).toEqual({ contactId: 1, pause: { by: 'request' } });
    expect(await store.conversations.summaries()).toMatchObject([{ pause: { by: 'request' } }]);
    expect(logger.entries).toMatchObject([
      { level: 'info', event: 'agent paused', fields: { contactId: 1, by: 'request' } },
    ]);
  });

  it('pauses for the time asked for', async () => {
    const until = store.state.now + 300_000;

    expect(await takeOver.execute(PHONE, 300_000)).toMatchObject({ pause: { until } });
  });

  it('does and logs nothing about a stranger', async () => {
    expect(await takeOver.execute(2 as ContactId)).toBeUndefined();
    expect(logger.entries).toEqual([]);
  });
});

describe('ResumeConversation', () => {
  it('ends the pause, and logs it', async () => {
    await takeOver.execute(ANA);

    expect(await resume.execute(PHONE)).toEqual({ contactId: 1 });

    expect((await store.conversations.summaries())[0]).not.toHaveProperty('pause');
    expect(logger.events()).toEqual(['agent paused', 'agent resumed']);
  });

  it('does and logs nothing about a stranger', async () => {
    expect(await resume.execute(2 as ContactId)).toBeUndefined();
    expect(logger.entries).toEqual([]);
  });
});
