import { InMemoryConversationStore } from './in-memory-conversation-store.ts';
import { InMemoryDeadLetters } from './in-memory-dead-letters.ts';
import { InMemoryDedupCache } from './in-memory-dedup-cache.ts';
import { InMemoryEmbeddingStore } from './in-memory-embedding-store.ts';
import { InMemoryInbox } from './in-memory-inbox.ts';
import { InMemoryInstanceStore } from './in-memory-instance-store.ts';
import { InMemoryKnowledgeGeneration } from './in-memory-knowledge-generation.ts';
import { InMemoryMetricSnapshots } from './in-memory-metric-snapshots.ts';
import { InMemoryOutbox } from './in-memory-outbox.ts';
import { InMemoryProcessRegistry } from './in-memory-process-registry.ts';
import { InMemoryRetention } from './in-memory-retention.ts';
import { InMemoryTakeovers } from './in-memory-takeovers.ts';
import { InMemoryTurnLog } from './in-memory-turn-log.ts';
import { type InMemorySettings, InMemoryState } from './in-memory-state.ts';
import { ManualStoreClock } from './manual-store-clock.ts';

/** Every store port, on one common state that tests may look into. */
export interface InMemoryStore {
  readonly state: InMemoryState;
  readonly inbox: InMemoryInbox;
  readonly outbox: InMemoryOutbox;
  readonly takeovers: InMemoryTakeovers;
  readonly conversations: InMemoryConversationStore;
  readonly deadLetters: InMemoryDeadLetters;
  readonly dedup: InMemoryDedupCache;
  readonly instances: InMemoryInstanceStore;
  readonly generation: InMemoryKnowledgeGeneration;
  readonly registry: InMemoryProcessRegistry;
  readonly turnLog: InMemoryTurnLog;
  readonly snapshots: InMemoryMetricSnapshots;
  readonly embeddings: InMemoryEmbeddingStore;
  readonly retention: InMemoryRetention;
}

/** An empty store; a burst is complete after 2 s, 15 s at the latest; a takeover lasts an hour. */
export function anInMemoryStore(overrides: Partial<InMemorySettings> = {}): InMemoryStore {
  const state = new InMemoryState({
    clock: new ManualStoreClock(),
    instance: 'loja',
    owner: 'worker-1',
    dedupTtlMs: 12_000,
    timing: { quietMs: 2_000, maxWaitMs: 15_000 },
    ignoreFromMe: true,
    takeover: { takeoverMs: 3_600_000, words: { off: '#pausar', on: '#voltar' } },
    sendUnknown: 'resend_once',
    leaseMs: 12_000,
    ...overrides,
  });
  const dedup = new InMemoryDedupCache(state);
  const outbox = new InMemoryOutbox(state);
  const takeovers = new InMemoryTakeovers(state, outbox);
  return {
    state,
    inbox: new InMemoryInbox(state, { dedup, outbox, takeovers }),
    outbox,
    takeovers,
    conversations: new InMemoryConversationStore(state),
    deadLetters: new InMemoryDeadLetters(state),
    dedup,
    instances: new InMemoryInstanceStore(state),
    generation: new InMemoryKnowledgeGeneration(state),
    registry: new InMemoryProcessRegistry(state),
    turnLog: new InMemoryTurnLog(state),
    snapshots: new InMemoryMetricSnapshots(state),
    embeddings: new InMemoryEmbeddingStore(state),
    retention: new InMemoryRetention(state),
  };
}
