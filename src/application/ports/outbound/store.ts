import { type Alias } from '../../../domain/contact.ts';
import { type UnknownSendPolicy } from '../../../domain/delivery.ts';
import { type TakeoverPolicy } from '../../../domain/takeover.ts';
import { type BurstTiming } from '../../../domain/turn.ts';
import { type ConversationStore } from './conversation-store.ts';
import { type DeadLetters } from './dead-letters.ts';
import { type DedupCache } from './dedup-cache.ts';
import { type EmbeddingStore } from './embedding-store.ts';
import { type Inbox } from './inbox.ts';
import { type InstanceStore } from './instance-store.ts';
import { type KnowledgeGeneration } from './knowledge-generation.ts';
import { type MetricSnapshots } from './metric-snapshots.ts';
import { type Outbox } from './outbox.ts';
import { type ProcessRegistry } from './process-registry.ts';
import { type Retention } from './retention.ts';
import { type Takeovers } from './takeovers.ts';
import { type TurnLog } from './turn-log.ts';
import { type WriteLock } from './write-lock.ts';

/** What holds for a whole store. */
export interface StoreSettings {
  /** The gateway's instance whose messages are kept. */
  readonly instance: string;
  /** Names this process in its leases; unlike any other that runs or ran. */
  readonly owner: string;
  /** How long the same words of one contact count as a repetition, ms (DEDUP_TTL). */
  readonly dedupTtlMs: number;
  readonly timing: BurstTiming;
  readonly ignoreFromMe: boolean;
  /** Absent: nobody is ignored. */
  readonly ignoredContacts?: ReadonlySet<Alias>;
  readonly takeover: TakeoverPolicy;
  readonly sendUnknown: UnknownSendPolicy;
  /** How long a contact is leased without a renewal, ms. */
  readonly leaseMs: number;
}

/** How long a contact is held without a heartbeat, ms, where nothing else is said. */
export const DEFAULT_LEASE_MS = 12_000;

/**
 * How long the store may keep a webhook waiting, ms: then it is unavailable, and the gateway is told
 * to try again within a second of its request.
 */
export const WEBHOOK_WITHIN_MS = 900;

/** Everything that is kept, in one place that all processes share. */
export interface Store {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly conversations: ConversationStore;
  readonly takeovers: Takeovers;
  readonly deadLetters: DeadLetters;
  readonly dedup: DedupCache;
  readonly instances: InstanceStore;
  readonly generation: KnowledgeGeneration;
  readonly registry: ProcessRegistry;
  readonly turnLog: TurnLog;
  readonly snapshots: MetricSnapshots;
  readonly embeddings: EmbeddingStore;
  readonly retention: Retention;
  readonly writeLock: WriteLock;
  /** Finishes what was asked for and lets go of the database. */
  close(): Promise<void>;
}
