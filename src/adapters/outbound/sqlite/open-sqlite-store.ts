import { type ConversationStore } from '../../../application/ports/outbound/conversation-store.ts';
import { type DedupCache } from '../../../application/ports/outbound/dedup-cache.ts';
import { type Inbox } from '../../../application/ports/outbound/inbox.ts';
import { type InstanceStore } from '../../../application/ports/outbound/instance-store.ts';
import { type KnowledgeGeneration } from '../../../application/ports/outbound/knowledge-generation.ts';
import { type Outbox } from '../../../application/ports/outbound/outbox.ts';
import { type Takeovers } from '../../../application/ports/outbound/takeovers.ts';
import { openBootClock } from './boot-clock.ts';
import { DeliveryClaim } from './delivery-claim.ts';
import { DeliveryLedger } from './delivery-ledger.ts';
import { DeliverySettlement } from './delivery-settlement.ts';
import { EchoMatcher } from './echo-matcher.ts';
import { HeldMessages } from './held-messages.ts';
import { LeaseBook } from './lease-book.ts';
import { MessageIntake } from './message-intake.ts';
import { migrate } from './migrate.ts';
import { ReplyCancellation } from './reply-cancellation.ts';
import { SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext, type StoreSettings } from './sqlite-context.ts';
import { SqliteConversationStore } from './sqlite-conversation-store.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { SqliteDedupCache } from './sqlite-dedup-cache.ts';
import { SqliteInbox } from './sqlite-inbox.ts';
import { SqliteInstanceStore } from './sqlite-instance-store.ts';
import { SqliteKnowledgeGeneration } from './sqlite-knowledge-generation.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { SqliteTakeovers } from './sqlite-takeovers.ts';
import { type StoreClock } from './store-clock.ts';
import { TakeoverBook } from './takeover-book.ts';
import { TurnClaim } from './turn-claim.ts';
import { TurnCommit } from './turn-commit.ts';

/** How long a contact is held without a heartbeat, ms, where nothing else is said. */
const DEFAULT_LEASE_MS = 12_000;

export interface SqliteStoreOptions extends Omit<StoreSettings, 'leaseMs'> {
  /** Path of the database file. */
  readonly file: string;
  readonly leaseMs?: number;
  /** Given in tests; otherwise the machine's own clock, shared by all of its processes. */
  readonly clock?: StoreClock;
}

/** Everything that is kept, in one file. */
export interface SqliteStore {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly conversations: ConversationStore;
  readonly takeovers: Takeovers;
  readonly dedup: DedupCache;
  readonly instances: InstanceStore;
  readonly generation: KnowledgeGeneration;
  /** Finishes what was asked for and closes the file. */
  close(): Promise<void>;
}

/**
 * Opens the store, with its schema brought up to date; other processes may do the same at the
 * same moment.
 *
 * @throws StoreUnavailableError when the file cannot be had within 3 s.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { file, clock, leaseMs = DEFAULT_LEASE_MS, ...rest } = options;
  const db = await SqliteDatabase.open({ file });
  try {
    await migrate(db);
    const context: SqliteContext = {
      db,
      clock: clock ?? (await openBootClock(db)),
      settings: { ...rest, leaseMs },
    };
    await db.write(() => db.run('INSERT OR IGNORE INTO instance (id) VALUES (?)', rest.instance));
    return { ...assemble(context), close: () => db.close() };
  } catch (error) {
    await db.close();
    throw error;
  }
}

function assemble(context: SqliteContext): Omit<SqliteStore, 'close'> {
  const contacts = new SqliteContacts(context);
  const dedup = new SqliteDedupCache(context);
  const leases = new LeaseBook(context, contacts);
  const ledger = new DeliveryLedger(context, contacts);
  const cancellation = new ReplyCancellation(context);
  const takeovers = new TakeoverBook(context, cancellation);
  const echoes = new EchoMatcher(context, contacts, ledger);
  const held = new HeldMessages(context, { contacts, takeovers, echoes });
  return {
    inbox: new SqliteInbox(context, {
      intake: new MessageIntake(context, { contacts, echoes, takeovers, held }),
      claim: new TurnClaim(context, contacts, takeovers),
      commit: new TurnCommit(context, { contacts, leases, ledger, dedup }),
      leases,
    }),
    outbox: new SqliteOutbox(context, {
      contacts,
      ledger,
      claim: new DeliveryClaim(context, { ledger, takeovers, held }),
      settlement: new DeliverySettlement(context, ledger, held),
      cancellation,
    }),
    conversations: new SqliteConversationStore(context, contacts),
    takeovers: new SqliteTakeovers(context, contacts, takeovers),
    dedup,
    instances: new SqliteInstanceStore(context),
    generation: new SqliteKnowledgeGeneration(context),
  };
}
