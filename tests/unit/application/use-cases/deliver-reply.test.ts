import { beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from '../../../../src/application/ports/outbound/store-unavailable-error.ts';
import { DeliverReplyUseCase } from '../../../../src/application/use-cases/deliver-reply.ts';
import { type Jid } from '../../../../src/domain/contact.ts';
import { type Delivery, type SendOutcome } from '../../../../src/domain/delivery.ts';
import { anInMemoryStore, type InMemoryStore } from '../../../doubles/in-memory-store.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { ManualStoreClock } from '../../../doubles/manual-store-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';
import { RecordingMeter } from '../../../doubles/recording-meter.ts';
import { RecordingWorkSignal } from '../../../doubles/recording-work-signal.ts';
import { ScriptedMessagingGateway } from '../../../doubles/scripted-messaging-gateway.ts';

let storeClock: ManualStoreClock;
let store: InMemoryStore;
let gateway: ScriptedMessagingGateway;
let clock: ManualClock;
let logger: RecordingLogger;
let signal: RecordingWorkSignal;
let meter: RecordingMeter;
let deliverReply: DeliverReplyUseCase;

beforeEach(() => {
  storeClock = new ManualStoreClock();
  store = anInMemoryStore({ clock: storeClock });
  gateway = new ScriptedMessagingGateway();
  logger = new RecordingLogger();
  signal = new RecordingWorkSignal();
  clock = new ManualClock();
  meter = new RecordingMeter();
  const { outbox } = store;
  deliverReply = new DeliverReplyUseCase({ outbox, gateway, signal, clock, logger, meter });
});

async function aDelivery(): Promise<Delivery> {
  const identity = { phone: '5583988887777@s.whatsapp.net' as Jid };
  await store.outbox.enqueue({ identity, parts: ['O curso custa R$ 497,00.'] });
  const [delivery] = await store.outbox.claimDeliveries(1);
  if (delivery === undefined) throw new Error('no delivery is due');
  return delivery;
}

describe('DeliverReply', () => {
  it('hands the reply to the gateway and settles it as sent', async () => {
    const state = await deliverReply.execute(await aDelivery());

    expect(state).toBe('sent');
    expect(gateway.sent).toEqual([
      { to: '5583988887777@s.whatsapp.net', text: 'O curso custa R$ 497,00.' },
    ]);
    expect(await store.outbox.depth()).toBe(0);
  });

  it('says when a reply is sent again that may have arrived', async () => {
    const delivery = await aDelivery();

    await deliverReply.execute({ ...delivery, resends: 1 });

    expect(logger.entries).toMatchObject([
      { level: 'warn', event: 'reply sent again', fields: { deliveryId: 1, attempt: 1 } },
      { level: 'info', event: 'reply sent' },
    ]);
  });

  it('wakes the worker: the contact’s next reply may be due', async () => {
    await deliverReply.execute(await aDelivery());

    expect(signal.raised).toEqual(['deliveries']);
  });

  it.each<[SendOutcome['kind'], string, string]>([
    ['not_sent', 'pending', 'warn'],
    ['blocked', 'pending', 'error'],
    ['rejected', 'failed', 'error'],
    ['unknown', 'unknown', 'warn'],
  ])('leaves a reply that is %s as %s, with a %s that says what to do', async (...row) => {
    const [kind, expected, level] = row;
    gateway.will({ kind, reason: 'HTTP 599 from the gateway' } as SendOutcome);

    const state = await deliverReply.execute(await aDelivery());

    expect(state).toBe(expected);
    expect(logger.entries).toMatchObject([
      { level, fields: { outcome: kind, state: expected, hint: expect.stringMatching(/\w/u) } },
    ]);
  });

  it('measures how each attempt ended', async () => {
    gateway.will({ kind: 'unknown', reason: 'no answer' });
    await deliverReply.execute(await aDelivery());

    expect(meter.measured).toEqual([['sendEnded', 'unknown', 0]]);
  });

  it('leaves a delivery to its next attempt where its send might outlast the lease', async () => {
    const delivery = await aDelivery();
    storeClock.advance(1_501);

    const state = await deliverReply.execute(delivery);
    storeClock.advance(1_000);

    expect(state).toBe('pending');
    expect(gateway.sent).toEqual([]);
    expect(await store.outbox.claimDeliveries(1)).toMatchObject([{ attempt: 2, resends: 0 }]);
  });

  it('sends nothing when the delivery was given up meanwhile', async () => {
    const delivery = await aDelivery();
    storeClock.advance(12_000);
    await store.outbox.claimDeliveries(1);

    await deliverReply.execute(delivery);

    expect(gateway.sent).toEqual([]);
  });

  it('keeps what the gateway said until the store takes it', async () => {
    const delivery = await aDelivery();
    const { outbox } = store;
    const settle = outbox.settle.bind(outbox);
    let refusals = 2;
    outbox.settle = (...args) => {
      refusals -= 1;
      return refusals >= 0 ? Promise.reject(new StoreUnavailableError('full')) : settle(...args);
    };

    const state = deliverReply.execute(delivery);
    await clock.advance(1_000);

    expect(await state).toBe('sent');
    expect(gateway.sent).toHaveLength(1);
    expect(logger.events('error')).toEqual(['outcome not stored', 'outcome not stored']);
  });

  it('sends once the store can say that it is wanted, and not before', async () => {
    const delivery = await aDelivery();
    const { outbox } = store;
    const standing = outbox.standing.bind(outbox);
    outbox.standing = () => Promise.reject(new StoreUnavailableError('restarting'));

    const state = deliverReply.execute(delivery);
    await clock.advance(400);
    const before = gateway.sent.length;
    outbox.standing = standing;
    await clock.advance(100);

    expect(await state).toBe('sent');
    expect([before, gateway.sent.length]).toEqual([0, 1]);
    expect(logger.events('error')).toEqual(['delivery not begun']);
  });

  it('logs neither words nor numbers', async () => {
    await deliverReply.execute(await aDelivery());

    expect(logger.events()).toEqual(['reply sent']);
    expect(logger.text()).not.toMatch(/497|88887777/u);
  });
});
