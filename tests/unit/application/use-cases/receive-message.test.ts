import { beforeEach, describe, expect, it } from '@jest/globals';
import { RefusedEchoes } from '../../../../src/application/use-cases/refused-echoes.ts';
import { ReceiveMessageUseCase } from '../../../../src/application/use-cases/receive-message.ts';
import { type Receipt } from '../../../../src/application/ports/inbound/receive-message.ts';
import { StoreUnavailableError } from '../../../../src/application/ports/outbound/store-unavailable-error.ts';
import { type Jid } from '../../../../src/domain/contact.ts';
import {
  type GatewayEvent,
  type IncomingMessage,
} from '../../../../src/domain/incoming-message.ts';
import { anIncomingMessage } from '../../../builders/an-incoming-message.ts';
import { anInMemoryStore, type InMemoryStore } from '../../../doubles/in-memory-store.ts';
import { ManualClock } from '../../../doubles/manual-clock.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';
import { ScriptedCapacity } from '../../../doubles/scripted-capacity.ts';
import { ScriptedMessagingGateway } from '../../../doubles/scripted-messaging-gateway.ts';
import { RecordingMeter } from '../../../doubles/recording-meter.ts';
import { RecordingWorkSignal } from '../../../doubles/recording-work-signal.ts';

const BODY = new TextEncoder().encode('{}');

let store: InMemoryStore;
let gateway: ScriptedMessagingGateway;
let logger: RecordingLogger;
let signal: RecordingWorkSignal;
let meter: RecordingMeter;
let clock: ManualClock;
let capacity: ScriptedCapacity;
let refusedEchoes: RefusedEchoes;
let receiveMessage: ReceiveMessageUseCase;

beforeEach(() => {
  store = anInMemoryStore();
  gateway = new ScriptedMessagingGateway();
  logger = new RecordingLogger();
  signal = new RecordingWorkSignal();
  clock = new ManualClock();
  meter = new RecordingMeter();
  capacity = new ScriptedCapacity();
  refusedEchoes = new RefusedEchoes();
  receiveMessage = new ReceiveMessageUseCase(
    {
      inbox: store.inbox,
      capacity,
      instances: store.instances,
      gateway,
      signal,
      clock,
      logger,
      meter,
      refusedEchoes,
    },
    { instance: 'loja', ignoreFromMe: true, ignoredContacts: new Set(), maxAgeMs: 21_600_000 },
  );
});

function receive(...events: GatewayEvent[]): Promise<Receipt> {
  return receiveMessage.execute({ events, body: BODY, requestId: 'r-1' });
}

/** Lets what was begun and not waited for come to its end. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function message(override: Partial<IncomingMessage> = {}): GatewayEvent {
  return { type: 'message', message: anIncomingMessage(override) };
}

describe('ReceiveMessage', () => {
  it('stores a customer’s message', async () => {
    const receipt = await receive(message());

    expect(receipt).toEqual({ status: 'processing' });
    expect(await store.inbox.depth()).toBe(1);
  });

  it('wakes the worker for a turn that is due before it looks by itself', async () => {
    store = anInMemoryStore({ timing: { quietMs: 499, maxWaitMs: 15_000 } });
    const { inbox, instances } = store;
    receiveMessage = new ReceiveMessageUseCase(
      { inbox, capacity, instances, gateway, signal, clock, logger, meter, refusedEchoes },
      { ignoreFromMe: true, ignoredContacts: new Set(), maxAgeMs: 21_600_000 },
    );

    await receive(message());

    expect(signal.raised).toEqual(['turns']);
  });

  it.each(['inbox', 'disk'] as const)('takes nothing while short of %s room', async (short) => {
    capacity.short = short;

    await expect(receive(message())).rejects.toThrow(StoreUnavailableError);
    expect(await store.inbox.depth()).toBe(0);

    capacity.short = undefined;
    expect(await receive(message())).toEqual({ status: 'processing' });
  });

  it('still takes what our own number sent when too many wait, but not on a full disk', async () => {
    capacity.short = 'inbox';
    const own = message({ id: 'OWN', fromMe: true, text: 'Faço por R$ 450' });
    const taken = await receive(own);
    capacity.short = 'disk';

    expect(taken).toEqual({ status: 'ignored', reason: 'own_message' });
    await expect(receive(own)).rejects.toThrow(StoreUnavailableError);
  });

  it('remembers until the next beat that it has refused what may have been an echo', async () => {
    const deaf = (): Promise<boolean> => refusedEchoes.tell((isDeaf) => Promise.resolve(isDeaf));
    const echo = message({ id: 'OWN', fromMe: true });
    capacity.short = 'inbox';
    await receive(message()).catch(() => undefined);
    await receive(echo);
    const whileShort = await deaf();
    capacity.short = 'disk';
    await receive(echo).catch(() => undefined);
    await refusedEchoes.tell(() => Promise.reject(new Error('no beat'))).catch(() => undefined);
    const onFullDisk = await deaf();
    capacity.short = undefined;
    store.inbox.add = () => Promise.reject(new StoreUnavailableError('busy'));
    await receive(echo).catch(() => undefined);

    expect([whileShort, onFullDisk]).toEqual([false, true]);
    expect([await deaf(), await deaf()]).toEqual([true, false]);
  });

  it('tells a redelivery', async () => {
    await receive(message());

    expect(await receive(message())).toEqual({ status: 'ignored', reason: 'duplicate' });
    expect(await store.inbox.depth()).toBe(1);
  });

  it('answers processing if any of several messages is to be answered', async () => {
    const receipt = await receive(
      message({ id: 'G', chat: 'group', identity: {} }),
      message({ id: 'S', kind: 'sticker', text: '' }),
      message({ id: 'T' }),
    );

    expect(receipt).toEqual({ status: 'processing' });
    expect(await store.inbox.depth()).toBe(1);
  });

  it('answers the first reason when none is to be answered', async () => {
    const receipt = await receive(
      message({ id: 'S', kind: 'sticker', text: '' }),
      message({ id: 'G', chat: 'group', identity: {} }),
    );

    expect(receipt).toEqual({ status: 'ignored', reason: 'sticker' });
  });

  it('says no_phone_or_text for a body that holds nothing', async () => {
    expect(await receive()).toEqual({ status: 'ignored', reason: 'no_phone_or_text' });
  });

  it('keeps what the owner types on the phone in the contact’s history', async () => {
    await receive(message());

    const receipt = await receive(message({ id: 'OWN', fromMe: true, text: 'Faço por R$ 450' }));

    const [contact] = await store.conversations.summaries();
    if (contact === undefined) throw new Error('no conversation');
    expect(receipt).toEqual({ status: 'ignored', reason: 'own_message' });
    expect(await store.conversations.history(contact.contactId, 10)).toMatchObject([
      { author: 'customer' },
      { author: 'person', text: 'Faço por R$ 450' },
    ]);
  });

  it('wakes the deliveries when one of our own messages comes back', async () => {
    await receive(message({ id: 'OWN', fromMe: true }));

    expect(signal.raised).toEqual(['deliveries']);
  });

  it('says agent_paused for what comes during a takeover', async () => {
    await receive(message({ id: 'OWN', fromMe: true, text: 'Faço por R$ 450' }));

    expect(await receive(message())).toEqual({ status: 'ignored', reason: 'agent_paused' });
  });

  it('obeys the owner’s words, and takes them out of the chat', async () => {
    const off = await receive(
      message({ id: 'OFF', fromMe: true, text: '#pausar', sentAt: 1_790_000_000_000 }),
    );
    await settled();
    await receive(message({ id: 'ON', fromMe: true, text: '#voltar' }));
    await settled();

    const chat = '5583988887777@s.whatsapp.net';
    expect(off).toEqual({ status: 'ignored', reason: 'own_message' });
    expect(gateway.deletions).toEqual([
      { chat, id: 'OFF', sentAt: 1_790_000_000_000 },
      { chat, id: 'ON', sentAt: clock.now() },
    ]);
    expect(logger.events()).toEqual([
      'agent paused',
      'agent word deleted',
      'agent resumed',
      'agent word deleted',
    ]);
  });

  it('deletes a word once, however often it is delivered', async () => {
    const word = message({ id: 'OFF', fromMe: true, text: '#pausar' });

    await receive(word);
    await receive(word);

    expect(gateway.deletions).toHaveLength(1);
  });

  it('answers before the word is deleted', async () => {
    gateway.deleteAnswer = new Promise(() => undefined);

    const receipt = await receive(message({ fromMe: true, text: '#pausar' }));

    expect(receipt).toEqual({ status: 'ignored', reason: 'own_message' });
  });

  it('warns when a word stays in the chat', async () => {
    gateway.deleteAnswer = Promise.resolve({ kind: 'not_deleted', reason: 'HTTP 404 from Mega' });
    const { id: _, ...withoutId } = anIncomingMessage({ fromMe: true, text: '#voltar' });

    await receive(message({ fromMe: true, text: '#pausar' }));
    await receive({ type: 'message', message: withoutId });
    await settled();

    const warnings = logger.entries.filter(({ level }) => level === 'warn');
    expect(warnings).toMatchObject([
      { event: 'agent word not deleted', fields: { reason: 'HTTP 404 from Mega' } },
      { event: 'agent word not deleted', fields: { reason: 'it came without an id' } },
    ]);
  });

  it('keeps the connection’s state and logs each change once', async () => {
    const connected = { type: 'connection', connected: true, ownJid: '551@lid' as Jid } as const;

    const receipt = await receive(connected);
    await receive(connected);
    await receive({ type: 'connection', connected: false });

    expect(receipt).toEqual({ status: 'ignored', reason: 'connection' });
    expect(await store.instances.state()).toMatchObject({ connected: false });
    expect(logger.events().filter((event) => event.startsWith('gateway'))).toEqual([
      'gateway connected',
      'gateway disconnected',
    ]);
  });

  it('takes no connection event of another instance', async () => {
    const receipt = await receive({ type: 'connection', connected: false, instance: 'other' });

    expect(receipt).toEqual({ status: 'ignored', reason: 'other_instance' });
    expect(await store.instances.state()).toEqual({});
  });

  it('counts what is accepted, what is ignored and why, and what is refused', async () => {
    await receive(message(), message(), { type: 'receipt' });
    capacity.short = 'disk';
    await expect(receive(message({ id: 'B' }))).rejects.toThrow();

    expect(meter.measured).toEqual([
      ['messageAccepted'],
      ['messageIgnored', 'duplicate'],
      ['messageIgnored', 'receipt'],
      ['messagesRefused', 'disk'],
    ]);
  });

  it('logs neither words nor numbers', async () => {
    await receive(message(), message({ id: 'OWN', fromMe: true }), { type: 'receipt' });

    expect(logger.entries.length).toBeGreaterThanOrEqual(3);
    expect(logger.text()).not.toContain('preço');
    expect(logger.text()).not.toContain('88887777');
  });
});
