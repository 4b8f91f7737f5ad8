import { type StoreClock } from '../../../application/ports/outbound/store-clock.ts';
import {
  DEFAULT_LEASE_MS,
  type Store,
  type StoreSettings,
} from '../../../application/ports/outbound/store.ts';
import { type WorkTopic } from '../../../application/ports/outbound/work-signal.ts';
import { startClock } from './clock-start.ts';
import { DeliveryClaim } from './delivery-claim.ts';
import { DeliveryLedger } from './delivery-ledger.ts';
import { DeliverySettlement } from './delivery-settlement.ts';
import { EchoBook } from './echo-book.ts';
import { EchoMatcher } from './echo-matcher.ts';
import { FiguresReader } from './figures-reader.ts';
import { HeldMessages } from './held-messages.ts';
import { LeaseBook } from './lease-book.ts';
import { MessageIntake } from './message-intake.ts';
import { migrate } from './migrate.ts';
import { PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { PostgresConversationStore } from './postgres-conversation-store.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { PostgresDeadLetters } from './postgres-dead-letters.ts';
import { PostgresDedupCache } from './postgres-dedup-cache.ts';
import { PostgresEmbeddingStore } from './postgres-embedding-store.ts';
import { PostgresInbox } from './postgres-inbox.ts';
import { PostgresInstanceStore } from './postgres-instance-store.ts';
import { PostgresKnowledgeGeneration } from './postgres-knowledge-generation.ts';
import { PostgresMetricSnapshots } from './postgres-metric-snapshots.ts';
import { PostgresOutbox } from './postgres-outbox.ts';
import { PostgresProcessRegistry } from './postgres-process-registry.ts';
import { PostgresRetention } from './postgres-retention.ts';
import { PostgresTakeovers } from './postgres-takeovers.ts';
import { PostgresTurnLog } from './postgres-turn-log.ts';
import { PostgresWriteLock } from './postgres-write-lock.ts';
import { ReplyCancellation } from './reply-cancellation.ts';
import { SendCounts } from './send-counts.ts';
import { TakeoverBook } from './takeover-book.ts';
import { TurnClaim } from './turn-claim.ts';
import { TurnCommit } from './turn-commit.ts';
import { WorkHints } from './work-hints.ts';

export interface PostgresStoreOptions extends Omit<StoreSettings, 'leaseMs'> {
  /** `postgres://account:password@host:port/database?sslmode=...`; the database is there already. */
  readonly url: string;
  readonly leaseMs?: number;
  /** Called when another process may have left work behind; now and then without a reason. */
  readonly onHint?: (topic: WorkTopic) => void;
  /** Given in tests; otherwise the database's own clock, the same for all machines. */
  readonly clock?: StoreClock;
  /** Called after a jump of the database's clock was made good by this process, ms. */
  readonly onClockJump?: (ms: number) => void;
}

/**
 * Opens the store, with its schema brought up to date; other processes, on this machine or others,
 * may do the same at the same moment.
 *
 * @throws StoreUnavailableError when the server cannot be had, or does not keep what it confirms.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, clock, onHint, onClockJump, leaseMs = DEFAULT_LEASE_MS, ...rest } = options;
  const db = new PostgresDatabase({
    url,
    ...(clock === undefined ? {} : { clock }),
    ...(onClockJump === undefined ? {} : { onClockJump }),
  });
  const hints = new WorkHints({
    connect: () => db.dedicated('short'),
    owner: rest.owner,
    onHint: onHint ?? ((): void => undefined),
  });
  try {
    await bringUpToDate(db);
    if (clock === undefined) await startClock(db);
    const since = await db.write(async (tx) => {
      const sql = 'INSERT INTO instance (id) VALUES ($1) ON CONFLICT (id) DO NOTHING';
      await tx.run(sql, rest.instance);
      return tx.now();
    });
    await hints.start();
    const tell = (topic: WorkTopic): void => {
      hints.tell(topic);
    };
    return {
      ...assemble({ db, since, tell, settings: { ...rest, leaseMs } }),
      close: async () => {
        await hints.close();
        await db.close();
      },
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function bringUpToDate(db: PostgresDatabase): Promise<void> {
  const client = await db.dedicated('long');
  try {
    await migrate(client);
  } finally {
    await client.end();
  }
}

function assemble(context: PostgresContext): Omit<Store, 'close'> {
  const contacts = new PostgresContacts(context);
  const dedup = new PostgresDedupCache(context);
  const leases = new LeaseBook(context, contacts);
  const counts = new SendCounts(context);
  const echoBook = new EchoBook(context);
  const ledger = new DeliveryLedger(context, contacts, counts);
  const cancellation = new ReplyCancellation();
  const takeovers = new TakeoverBook(context, cancellation);
  const echoes = new EchoMatcher(context, { contacts, ledger, echoes: echoBook, counts });
  const held = new HeldMessages({ contacts, takeovers, echoes });
  return {
    inbox: new PostgresInbox(context, {
      intake: new MessageIntake(context, { contacts, echoes, takeovers, held }),
      claim: new TurnClaim(context, contacts, takeovers),
      commit: new TurnCommit({ contacts, leases, ledger, dedup }),
      leases,
    }),
    outbox: new PostgresOutbox(context, {
      contacts,
      ledger,
      claim: new DeliveryClaim(context, { ledger, takeovers, held, echoes: echoBook }),
      settlement: new DeliverySettlement(context, { ledger, held, echoes: echoBook, counts }),
      cancellation,
      figures: new FiguresReader(echoBook, counts),
    }),
    conversations: new PostgresConversationStore(context, contacts),
    takeovers: new PostgresTakeovers(context, contacts, takeovers),
    deadLetters: new PostgresDeadLetters(context, { contacts, ledger }),
    dedup,
    instances: new PostgresInstanceStore(context),
    generation: new PostgresKnowledgeGeneration(context),
    registry: new PostgresProcessRegistry(context),
    turnLog: new PostgresTurnLog(context),
    snapshots: new PostgresMetricSnapshots(context),
    embeddings: new PostgresEmbeddingStore(context),
    retention: new PostgresRetention(context, dedup),
    writeLock: new PostgresWriteLock(),
  };
}
