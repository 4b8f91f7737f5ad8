import { describe, expect, it } from '@jest/globals';
import { ReportConversationsUseCase } from '../../../../src/application/use-cases/report-conversations.ts';
import { ResetConversationUseCase } from '../../../../src/application/use-cases/reset-conversation.ts';
import { type Identity, type Jid } from '../../../../src/domain/contact.ts';
import { anInMemoryStore, type InMemoryStore } from '../../../doubles/in-memory-store.ts';

async function aConversationWith(identity: Identity): Promise<InMemoryStore> {
  const store = anInMemoryStore();
  await store.outbox.enqueue({ identity, parts: ['Oi'] });
  return store;
}

describe('ResetConversation', () => {
  it('forgets what was said, under either spelling of the number', async () => {
    const { conversations } = await aConversationWith({
      phone: '558388887777@s.whatsapp.net' as Jid,
    });
    const reset = new ResetConversationUseCase(conversations);

    expect(await reset.execute('5583988887777@s.whatsapp.net' as Jid)).toBe(true);
    expect(await conversations.summaries()).toEqual([]);
  });

  it('knows contacts by lid', async () => {
    const { conversations } = await aConversationWith({ lid: '77@lid' as Jid });

    expect(await new ResetConversationUseCase(conversations).execute('77@lid' as Jid)).toBe(true);
  });

  it('says when it knows nobody by that address', async () => {
    const { conversations } = anInMemoryStore();

    expect(await new ResetConversationUseCase(conversations).execute('77@lid' as Jid)).toBe(false);
  });
});

describe('ReportConversations', () => {
  it('lists every conversation', async () => {
    const { conversations } = await aConversationWith({ lid: '77@lid' as Jid });

    expect(await new ReportConversationsUseCase(conversations).execute()).toEqual([
      { contactId: 1, number: '77@lid', messages: 1 },
    ]);
  });
});
