import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ManualSendOutcome } from '../../../../src/application/ports/inbound/send-manual-message.ts';
import { SendManualMessageUseCase } from '../../../../src/application/use-cases/send-manual-message.ts';
import { type Jid } from '../../../../src/domain/contact.ts';
import { type Delivery, SEND_TOO_LATE, type SendOutcome } from '../../../../src/domain/delivery.ts';
import { anInMemoryStore, type InMemoryStore } from '../../../doubles/in-memory-store.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { ManualStoreClock } from '../../../doubles/manual-store-clock.ts';
import { RecordingWorkSignal } from '../../../doubles/recording-work-signal.ts';

const TO = '5583988887777@s.whatsapp.net' as Jid;

let store: InMemoryStore;
let clock: ManualClock;
let sendManualMessage: SendManualMessageUseCase;

beforeEach(() => {
  store = anInMemoryStore();
  clock = new ManualClock();
  const { outbox, instances } = store;
  const signal = new RecordingWorkSignal();
  sendManualMessage = new SendManualMessageUseCase({ outbox, instances, signal, clock });
});

/** Sends, and lets the given outcomes be what the worker meets, one a delivery. */
async function send(text: string, ...outcomes: SendOutcome[]): Promise<ManualSendOutcome> {
  const sending = sendManualMessage.execute(TO, text);
  await clock.advance(0);
  for (const outcome of outcomes) await store.outbox.settle(await begin(), outcome);
  await clock.advance(15_000);
  return sending;
}

async function begin(): Promise<Delivery> {
  const [delivery] = await store.outbox.claimDeliveries(1);
  if (delivery === undefined) throw new Error('no delivery is due');
  return delivery;
}

describe('SendManualMessage', () => {
  it('is sent when the gateway has taken it, and stands in the history as a person’s', async () => {
    const outcome = await send('Oi, é a Carla.', { kind: 'sent', gatewayId: 'X' });

    expect(outcome).toEqual({ outcome: 'sent', id: 1 });
    const [contact] = await store.conversations.summaries();
    expect(await store.conversations.history(contact?.contactId as never, 9)).toMatchObject([
      { author: 'person', text: 'Oi, é a Carla.' },
    ]);
  });

  it('goes to a lid as to a phone', async () => {
    void sendManualMessage.execute('77@lid' as Jid, 'Oi');
    await clock.advance(0);

    expect(await begin()).toMatchObject({ to: '77@lid' });
    expect([...store.state.aliases.keys()]).toEqual(['lid:77']);
  });

  it('is sent only when every part is', async () => {
    const first = { kind: 'sent', gatewayId: 'X' } as const;
    const text = `${'a'.repeat(4_000)}. ${'b'.repeat(4_000)}.`;

    const outcome = await send(text, first, { kind: 'rejected', reason: 'HTTP 400' });

    expect(outcome).toEqual({
      outcome: 'unknown',
      id: 2,
      reason: 'HTTP 400 (1 of 2 parts were sent)',
    });
  });

  it.each<SendOutcome>([
    { kind: 'rejected', reason: 'refused for a reason' },
    { kind: 'not_sent', reason: 'refused for a reason' },
    { kind: 'blocked', reason: 'refused for a reason' },
  ])('has failed for good when the gateway says $kind', async (refusal) => {
    const outcome = await send('Oi', refusal);

    expect(outcome).toEqual({ outcome: 'failed', id: 1, reason: 'refused for a reason' });
    expect(await store.outbox.depth()).toBe(0);
  });

  it('waits for the next attempt when this service began one too late', async () => {
    const storeClock = new ManualStoreClock();
    const { outbox, instances } = anInMemoryStore({ clock: storeClock });
    const signal = new RecordingWorkSignal();
    const useCase = new SendManualMessageUseCase({ outbox, instances, signal, clock });
    const sending = useCase.execute(TO, 'Oi');
    await clock.advance(0);
    const [late] = await outbox.claimDeliveries(1);
    await outbox.settle(late as never, { kind: 'not_sent', reason: SEND_TOO_LATE });
    await clock.advance(1_000);
    storeClock.advance(1_000);
    const [next] = await outbox.claimDeliveries(1);
    await outbox.settle(next as never, { kind: 'sent', gatewayId: 'X' });
    await clock.advance(50);

    expect(await sending).toEqual({ outcome: 'sent', id: 1 });
  });

  it('has failed when it could not even be tried within 15 s, and is taken back', async () => {
    const outcome = await send('Oi');

    expect(outcome).toEqual({
      outcome: 'failed',
      id: 1,
      reason: 'The gateway has not answered within 15 s.',
    });
    expect(await store.outbox.claimDeliveries(1)).toEqual([]);
    expect(await store.conversations.summaries()).toEqual([]);
  });

  it('names the reason for which sending is paused', async () => {
    await send('Oi', { kind: 'blocked', reason: 'HTTP 401: check MEGA_API_TOKEN' });

    const outcome = await send('Oi de novo');

    expect(outcome).toMatchObject({
      outcome: 'failed',
      reason: 'HTTP 401: check MEGA_API_TOKEN',
    });
  });

  it('has not failed while a later part may leave after a refused one', async () => {
    const sending = sendManualMessage.execute(TO, `${'a'.repeat(4_000)}. ${'b'.repeat(4_000)}.`);
    await clock.advance(0);
    await store.outbox.settle(await begin(), { kind: 'rejected', reason: 'HTTP 400' });
    await begin();
    await clock.advance(15_000);

    expect(await sending).toMatchObject({ outcome: 'unknown', id: 1 });
  });

  it('may have arrived when it is held for a person, which is said at once', async () => {
    const storeClock = new ManualStoreClock();
    const { outbox, instances } = anInMemoryStore({ clock: storeClock, sendUnknown: 'hold' });
    const signal = new RecordingWorkSignal();
    const useCase = new SendManualMessageUseCase({ outbox, instances, signal, clock });
    const sending = useCase.execute(TO, 'Oi');
    await clock.advance(0);
    const [delivery] = await outbox.claimDeliveries(1);
    if (delivery === undefined) throw new Error('no delivery is due');
    await outbox.settle(delivery, { kind: 'unknown', reason: 'time-out' });
    storeClock.advance(15_000);
    await outbox.claimDeliveries(1);
    await clock.advance(50);

    expect(await sending).toEqual({ outcome: 'unknown', id: 1, reason: 'envio sem confirmação' });
  });

  it('waits 15 s though the wall clock is set back', async () => {
    const sending = sendManualMessage.execute(TO, 'Oi');
    await clock.advance(1_000);
    clock.jump(-3_600_000);
    await clock.advance(14_000);

    expect(await sending).toMatchObject({ outcome: 'failed' });
  });

  it('is unknown while the gateway has not said, and goes on being settled', async () => {
    const outcome = await send('Oi', { kind: 'unknown', reason: 'no answer' });

    expect(outcome).toMatchObject({ outcome: 'unknown', id: 1 });
    expect(await store.outbox.depth()).toBe(1);
  });
});
