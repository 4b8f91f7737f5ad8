import { type ConversationStore } from '../../src/application/ports/outbound/conversation-store.ts';
import { type DeadLetters } from '../../src/application/ports/outbound/dead-letters.ts';
import { type DedupCache } from '../../src/application/ports/outbound/dedup-cache.ts';
import { type EmbeddingStore } from '../../src/application/ports/outbound/embedding-store.ts';
import {
  type Inbox,
  type Reception,
  type TurnResult,
} from '../../src/application/ports/outbound/inbox.ts';
import { type InstanceStore } from '../../src/application/ports/outbound/instance-store.ts';
import { type KnowledgeGeneration } from '../../src/application/ports/outbound/knowledge-generation.ts';
import { type MetricSnapshots } from '../../src/application/ports/outbound/metric-snapshots.ts';
import { type Outbox } from '../../src/application/ports/outbound/outbox.ts';
import { type ProcessRegistry } from '../../src/application/ports/outbound/process-registry.ts';
import { type Retention } from '../../src/application/ports/outbound/retention.ts';
import { type Takeovers } from '../../src/application/ports/outbound/takeovers.ts';
import { type TurnLog } from '../../src/application/ports/outbound/turn-log.ts';
import { type Alias, type Jid } from '../../src/domain/contact.ts';
import { type Delivery, type UnknownSendPolicy } from '../../src/domain/delivery.ts';
import { type IncomingMessage } from '../../src/domain/incoming-message.ts';
import { type TakeoverPolicy } from '../../src/domain/takeover.ts';
import { type Turn } from '../../src/domain/turn.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import { anArrivalBatch } from '../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../builders/an-incoming-message.ts';
import { type ManualStoreClock } from '../doubles/manual-store-clock.ts';

/** One store of any kind, empty, for instance `loja`: bursts of 2 s and 15 s, leases of 12 s, DEDUP_TTL of 12 s, takeovers of an hour, SEND_UNKNOWN `resend_once`. */
export interface StoreUnderTest {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly takeovers: Takeovers;
  readonly conversations: ConversationStore;
  readonly deadLetters: DeadLetters;
  readonly dedup: DedupCache;
  readonly instances: InstanceStore;
  readonly generation: KnowledgeGeneration;
  readonly registry: ProcessRegistry;
  readonly turnLog: TurnLog;
  readonly snapshots: MetricSnapshots;
  readonly embeddings: EmbeddingStore;
  readonly retention: Retention;
  readonly clock: ManualStoreClock;
  close(): Promise<void>;
}

export type OpenStore = (overrides?: {
  readonly ignoreFromMe?: boolean;
  readonly ignoredContacts?: ReadonlySet<Alias>;
  readonly takeover?: TakeoverPolicy;
  readonly sendUnknown?: UnknownSendPolicy;
}) => Promise<StoreUnderTest>;

/** Brings in one message in a body of its own. */
export async function receive(
  store: Pick<StoreUnderTest, 'inbox'>,
  overrides: Partial<IncomingMessage> = {},
): Promise<Reception> {
  const [reception] = await store.inbox.add(anArrivalBatch(anIncomingMessage(overrides)));
  if (reception === undefined) throw new Error('nothing came of the message');
  return reception;
}

/** Waits until every burst is complete, then claims the one turn that is due. */
export async function claimTurn(store: StoreUnderTest): Promise<Turn> {
  store.clock.advance(15_000);
  const [turn] = await store.inbox.claimTurns(1);
  if (turn === undefined) throw new Error('no turn is due');
  return turn;
}

/** Answers one message of the contact; the reply waits in the outbox. */
export async function answer(
  store: StoreUnderTest,
  message: Partial<IncomingMessage> = {},
  result: Partial<TurnResult> = {},
): Promise<Turn> {
  await receive(store, message);
  const turn = await claimTurn(store);
  await store.inbox.commitTurn(turn.lease, aTurnResult(result));
  return turn;
}

/** Sends so many replies to a contact of their own, each confirmed and echoed in time; all long over in the end. */
export async function proveEchoes(
  store: StoreUnderTest,
  { count = 20, delayMs = 500 } = {},
): Promise<void> {
  const identity = { phone: '5511955554444@s.whatsapp.net' as Jid };
  for (let round = 0; round < count; round += 1) {
    await store.outbox.enqueue({ identity, parts: ['Tudo certo.'] });
    const delivery = await beginDelivery(store);
    const gatewayId = `PROOF-${delivery.id}`;
    await store.outbox.settle(delivery, { kind: 'sent', gatewayId });
    store.clock.advance(delayMs);
    await receive(store, { identity, fromMe: true, id: gatewayId, text: 'Tudo certo.' });
  }
  store.clock.advance(60_000);
}

/** Begins the one delivery that is due. */
export async function beginDelivery(store: StoreUnderTest): Promise<Delivery> {
  const [delivery] = await store.outbox.claimDeliveries(1);
  if (delivery === undefined) throw new Error('no delivery is due');
  return delivery;
}
