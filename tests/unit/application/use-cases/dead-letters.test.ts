import { beforeEach, describe, expect, it } from '@jest/globals';
import { DismissDeadLetterUseCase } from '../../../../src/application/use-cases/dismiss-dead-letter.ts';
import { ListDeadLettersUseCase } from '../../../../src/application/use-cases/list-dead-letters.ts';
import { RetryDeadLetterUseCase } from '../../../../src/application/use-cases/retry-dead-letter.ts';
import { type Jid } from '../../../../src/domain/contact.ts';
import { anInMemoryStore, type InMemoryStore } from '../../../doubles/in-memory-store.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';
import { RecordingWorkSignal } from '../../../doubles/recording-work-signal.ts';

const FIRST = { kind: 'reply', id: 1 } as const;

let store: InMemoryStore;
let logger: RecordingLogger;
let signal: RecordingWorkSignal;

beforeEach(async () => {
  store = anInMemoryStore();
  logger = new RecordingLogger();
  signal = new RecordingWorkSignal();
  for (const phone of ['5583988887777', '5583988887778', '5583988887779']) {
    const identity = { phone: `${phone}@s.whatsapp.net` as Jid };
    await store.outbox.enqueue({ identity, parts: ['segredo'] });
  }
  for (const delivery of await store.outbox.claimDeliveries(3)) {
    await store.outbox.settle(delivery, { kind: 'rejected', reason: 'HTTP 400' });
  }
});

describe('ListDeadLetters', () => {
  it('says how many there are, and whether more follow', async () => {
    const list = new ListDeadLettersUseCase(store.deadLetters);

    const first = await list.execute({ limit: 2 });
    const [, last] = first.letters;
    const rest = await list.execute({ limit: 2, ...(last === undefined ? {} : { after: last }) });

    expect(first).toMatchObject({ total: 3, hasMore: true, letters: [{ id: 3 }, { id: 2 }] });
    expect(rest).toMatchObject({ total: 3, hasMore: false, letters: [{ id: 1 }] });
  });
});

describe('RetryDeadLetter', () => {
  it('wakes who sends, and logs it without a word of the text', async () => {
    const retry = new RetryDeadLetterUseCase(store.deadLetters, signal, logger);

    expect(await retry.execute(FIRST)).toEqual({ status: 'retried', contactId: 1 });
    expect(signal.raised).toEqual(['deliveries']);
    expect(logger.entries).toEqual([
      { level: 'info', event: 'dead letter retried', fields: { ...FIRST, contactId: 1 } },
    ]);
  });

  it('wakes who answers when it was a turn', async () => {
    const outcome = { status: 'retried', contactId: 1 } as never;
    const deadLetters = { retry: () => Promise.resolve(outcome) };

    await new RetryDeadLetterUseCase(deadLetters, signal, logger).execute({ kind: 'turn', id: 1 });

    expect(signal.raised).toEqual(['turns']);
  });

  it('wakes nobody and logs nothing when there is no such letter', async () => {
    const retry = new RetryDeadLetterUseCase(store.deadLetters, signal, logger);

    expect(await retry.execute({ kind: 'turn', id: 1 })).toEqual({ status: 'unknown' });
    expect([signal.raised, logger.entries]).toEqual([[], []]);
  });
});

describe('DismissDeadLetter', () => {
  it('takes it off the list, and logs it once', async () => {
    const dismiss = new DismissDeadLetterUseCase(store.deadLetters, logger);

    expect([await dismiss.execute(FIRST), await dismiss.execute(FIRST)]).toEqual([1, undefined]);
    expect(logger.entries).toEqual([
      { level: 'info', event: 'dead letter dismissed', fields: { ...FIRST, contactId: 1 } },
    ]);
  });
});
