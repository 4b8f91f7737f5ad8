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
import { type PostgresContacts } from './postgres-contacts.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type ReplyCancellation } from './reply-cancellation.ts';
import { UnheardClaims } from './unheard-claims.ts';

/** The steps of a reply's life, each run in a transaction. */
export interface OutboxParts {
  readonly contacts: PostgresContacts;
  readonly ledger: DeliveryLedger;
  readonly claim: DeliveryClaim;
  readonly settlement: DeliverySettlement;
  readonly cancellation: ReplyCancellation;
  readonly figures: FiguresReader;
}

/** The outbox as tables. */
export class PostgresOutbox implements Outbox {
  readonly #context: PostgresContext;
  readonly #parts: OutboxParts;
  readonly #unheard: UnheardClaims;

  constructor(context: PostgresContext, parts: OutboxParts) {
    this.#context = context;
    this.#parts = parts;
    this.#unheard = new UnheardClaims(context, (tx, instants) =>
      parts.claim.takeBackBegunAt(tx, instants),
    );
  }

  async claimDeliveries(limit: number): Promise<readonly Delivery[]> {
    const { db } = this.#context;
    const { claim } = this.#parts;
    await this.#unheard.free();
    const dueInMs = await db.read((session) => claim.nextInMs(session));
    return dueInMs === 0 ? this.#unheard.claim((tx) => claim.claim(tx, limit)) : [];
  }

  standing({ id, attempt }: Delivery): Promise<AttemptStanding> {
    return this.#context.db.read(async (session) => {
      const sql = 'SELECT state, attempt, started_at AS "startedAt" FROM outbox WHERE id = $1';
      const row = (await session.get(sql, id)) as Parameters<typeof attemptStanding>[0];
      return attemptStanding(row, attempt, await session.now());
    });
  }

  settle(delivery: Delivery, outcome: SendOutcome): Promise<DeliveryState> {
    return this.#context.db.write((tx) => this.#parts.settlement.settle(tx, delivery, outcome));
  }

  async enqueue({ identity, parts }: ManualMessage): Promise<readonly OutboxId[]> {
    const { contacts, ledger } = this.#parts;
    const ids = await this.#context.db.write(async (tx) => {
      await contacts.lockKnown(tx, [identity]);
      const contact = await contacts.resolve(tx, identity, 'typed');
      await contacts.unflag(tx, contact.id);
      return ledger.write(tx, { contact, parts, source: 'manual' });
    });
    this.#context.tell('deliveries');
    return ids;
  }

  find(id: OutboxId): Promise<OutboxEntry | undefined> {
    return this.#context.db.read(async (session) => {
      const row = await session.get('SELECT state, last_error FROM outbox WHERE id = $1', id);
      if (row === undefined) return undefined;
      const { state, last_error: lastError } = row as {
        state: DeliveryState;
        last_error: string | null;
      };
      return { id, state, ...(lastError === null ? {} : { lastError }) };
    });
  }

  cancel(ids: readonly OutboxId[]): Promise<boolean> {
    return this.#context.db.write((tx) => this.#parts.cancellation.cancel(tx, ids));
  }

  nextDeliveryInMs(): Promise<number | undefined> {
    return this.#context.db.read((session) => this.#parts.claim.nextInMs(session));
  }

  depth(): Promise<number> {
    return this.#context.db.read(async (session) => {
      const row = await session.get(
        'SELECT count(*) AS depth FROM outbox WHERE due_at IS NOT NULL',
      );
      return Number(row?.['depth']);
    });
  }

  figures(): Promise<OutboxFigures> {
    return this.#context.db.read((session) => this.#parts.figures.read(session));
  }
}
