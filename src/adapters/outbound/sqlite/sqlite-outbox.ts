import {
  type ManualMessage,
  type Outbox,
  type OutboxEntry,
  type OutboxFigures,
} from '../../../application/ports/outbound/outbox.ts';
import {
  type AttemptStanding,
  attemptStanding,
  type Delivery,
  type DeliveryState,
  type OutboxId,
  type SendOutcome,
} from '../../../domain/delivery.ts';
import { type DeliveryClaim } from './delivery-claim.ts';
import { type DeliveryLedger } from './delivery-ledger.ts';
import { type DeliverySettlement } from './delivery-settlement.ts';
import { type FiguresReader } from './figures-reader.ts';
import { type ReplyCancellation } from './reply-cancellation.ts';
import { type SqliteContacts } from './sqlite-contacts.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** The steps of a reply's life, each run in a transaction. */
export interface OutboxParts {
  readonly contacts: SqliteContacts;
  readonly ledger: DeliveryLedger;
  readonly claim: DeliveryClaim;
  readonly settlement: DeliverySettlement;
  readonly cancellation: ReplyCancellation;
  readonly figures: FiguresReader;
}

/** The outbox as tables. */
export class SqliteOutbox implements Outbox {
  readonly #context: SqliteContext;
  readonly #parts: OutboxParts;

  constructor(context: SqliteContext, parts: OutboxParts) {
    this.#context = context;
    this.#parts = parts;
  }

  async claimDeliveries(limit: number): Promise<readonly Delivery[]> {
    const { db } = this.#context;
    const { claim } = this.#parts;
    const dueInMs = await db.read(() => claim.nextInMs());
    return dueInMs === 0 ? db.write(() => claim.claim(limit)) : [];
  }

  standing({ id, attempt }: Delivery): Promise<AttemptStanding> {
    const { db, clock } = this.#context;
    return db.read(() => {
      const sql = 'SELECT state, attempt, started_at AS startedAt FROM outbox WHERE id = ?';
      const row = db.get(sql, id) as Parameters<typeof attemptStanding>[0];
      return attemptStanding(row, attempt, clock.now());
    });
  }

  settle(delivery: Delivery, outcome: SendOutcome): Promise<DeliveryState> {
    return this.#context.db.write(() => this.#parts.settlement.settle(delivery, outcome));
  }

  enqueue({ identity, parts }: ManualMessage): Promise<readonly OutboxId[]> {
    const { contacts, ledger } = this.#parts;
    return this.#context.db.write(() => {
      const contact = contacts.resolve(identity, 'typed');
      contacts.unflag(contact.id);
      return ledger.write({ contact, parts, source: 'manual' });
    });
  }

  async find(id: OutboxId): Promise<OutboxEntry | undefined> {
    const { db } = this.#context;
    const row = await db.read(() =>
      db.get('SELECT state, last_error FROM outbox WHERE id = ?', id),
    );
    if (row === undefined) return undefined;
    const { state, last_error: lastError } = row as {
      state: DeliveryState;
      last_error: string | null;
    };
    return { id, state, ...(lastError === null ? {} : { lastError }) };
  }

  cancel(ids: readonly OutboxId[]): Promise<boolean> {
    return this.#context.db.write(() => this.#parts.cancellation.cancel(ids));
  }

  nextDeliveryInMs(): Promise<number | undefined> {
    return this.#context.db.read(() => this.#parts.claim.nextInMs());
  }

  depth(): Promise<number> {
    const { db } = this.#context;
    return db.read(() =>
      Number(db.get('SELECT count(*) AS depth FROM outbox WHERE due_at IS NOT NULL')?.['depth']),
    );
  }

  figures(): Promise<OutboxFigures> {
    return this.#context.db.read(() => this.#parts.figures.read());
  }
}
