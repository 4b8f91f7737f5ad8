import { type StoreClock } from '../../../application/ports/outbound/store-clock.ts';
import {
  DEFAULT_LEASE_MS,
  type Store,
  type StoreSettings,
} from '../../../application/ports/outbound/store.ts';
import { openBootClock } from './boot-clock.ts';
import { DeliveryClaim } from './delivery-claim.ts';
import { DeliveryLedger } from './delivery-ledger.ts';
import { DeliverySettlement } from './delivery-settlement.ts';
import { EchoBook } from './echo-book.ts';
import { EchoMatcher } from './echo-matcher.ts';
import { FiguresReader } from './figures-reader.ts';
import { HeldMessages } from './held-messages.ts';
import { LeaseBook } from './lease-book.ts';
import { MessageIntake } from './message-intake.ts';
import { MessageKeys } from './message-keys.ts';
import { migrate } from './migrate.ts';
import { ReplyCancellation } from './reply-cancellation.ts';
import { SendCounts } from './send-counts.ts';
import { SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';
import { SqliteConversationStore } from './sqlite-conversation-store.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { SqliteDeadLetters } from './sqlite-dead-letters.ts';
import { SqliteDedupCache } from './sqlite-dedup-cache.ts';
import { SqliteEmbeddingStore } from './sqlite-embedding-store.ts';
import { SqliteInbox } from './sqlite-inbox.ts';
import { SqliteInstanceStore } from './sqlite-instance-store.ts';
import { SqliteKnowledgeGeneration } from './sqlite-knowledge-generation.ts';
import { SqliteMetricSnapshots } from './sqlite-metric-snapshots.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { SqliteProcessRegistry } from './sqlite-process-registry.ts';
import { SqliteRetention } from './sqlite-retention.ts';
import { SqliteTakeovers } from './sqlite-takeovers.ts';
import { SqliteTurnLog } from './sqlite-turn-log.ts';
import { SqliteWriteLock } from './sqlite-write-lock.ts';
import { TakeoverBook } from './takeover-book.ts';
import { TurnClaim } from './turn-claim.ts';
import { TurnCommit } from './turn-commit.ts';

export interface SqliteStoreOptions extends Omit<StoreSettings, 'leaseMs'> {
  /** Path of the database file. */
  readonly file: string;
  readonly leaseMs?: number;
  /** Given in tests; otherwise the machine's own clock, shared by all of its processes. */
  readonly clock?: StoreClock;
  /** After so many messages their keys are filed; fewer in tests. */
  readonly mostUnfiled?: number;
}

/**
 * Opens the store, with its schema brought up to date; other processes may do the same at the
 * same moment.
 *
 * @throws StoreUnavailableError when the file cannot be had within 3 s.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { file, clock, mostUnfiled, leaseMs = DEFAULT_LEASE_MS, ...rest } = options;
  const db = await SqliteDatabase.open({ file });
  try {
    await migrate(db);
    const context: SqliteContext = {
      db,
      clock: clock ?? (await openBootClock(db)),
      settings: { ...rest, leaseMs },
    };
    await db.write(() => db.run('INSERT OR IGNORE INTO instance (id) VALUES (?)', rest.instance));
    const keys = new MessageKeys(db, mostUnfiled);
    await db.read(() => {
      keys.catchUp();
    });
    const writeLock = new SqliteWriteLock(context, file);
    return { ...assemble(context, keys), writeLock, close: () => db.close() };
  } catch (error) {
    await db.close();
    throw error;
  }
}

function assemble(context: SqliteContext, keys: MessageKeys): Omit<Store, 'writeLock' | 'close'> {
  const contacts = new SqliteContacts(context);
  const dedup = new SqliteDedupCache(context);
  const leases = new LeaseBook(context, contacts);
  const counts = new SendCounts(context);
  const echoBook = new EchoBook(context);
  const ledger = new DeliveryLedger(context, contacts, counts);
  const cancellation = new ReplyCancellation(context);
  const takeovers = new TakeoverBook(context, cancellation);
  const echoes = new EchoMatcher(context, { contacts, ledger, echoes: echoBook, counts });
  const held = new HeldMessages(context, { contacts, takeovers, echoes });
  return {
    inbox: new SqliteInbox(context, {
      intake: new MessageIntake(context, { contacts, echoes, takeovers, held, keys }),
      claim: new TurnClaim(context, contacts, takeovers),
      commit: new TurnCommit(context, { contacts, leases, ledger, dedup }),
      leases,
    }),
    outbox: new SqliteOutbox(context, {
      contacts,
      ledger,
      claim: new DeliveryClaim(context, { ledger, takeovers, held, echoes: echoBook }),
      settlement: new DeliverySettlement(context, { ledger, held, echoes: echoBook, counts }),
      cancellation,
      figures: new FiguresReader(context, echoBook, counts),
    }),
    conversations: new SqliteConversationStore(context, contacts),
    takeovers: new SqliteTakeovers(context, contacts, takeovers),
    deadLetters: new SqliteDeadLetters(context, { contacts, ledger }),
    dedup,
    instances: new SqliteInstanceStore(context),
    generation: new SqliteKnowledgeGeneration(context),
    registry: new SqliteProcessRegistry(context),
    turnLog: new SqliteTurnLog(context),
    snapshots: new SqliteMetricSnapshots(context),
    embeddings: new SqliteEmbeddingStore(context),
    retention: new SqliteRetention(context, dedup),
  };
}
