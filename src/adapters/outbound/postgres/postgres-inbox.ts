import {
  type ArrivalBatch,
  type HandBack,
  type Inbox,
  type LeaseState,
  type Reception,
  type TurnResult,
} from '../../../application/ports/outbound/inbox.ts';
import { type TokenUse } from '../../../application/ports/outbound/language-model.ts';
import { WEBHOOK_WITHIN_MS } from '../../../application/ports/outbound/store.ts';
import { type Lease, type Turn } from '../../../domain/turn.ts';
import { type LeaseBook } from './lease-book.ts';
import { type MessageIntake } from './message-intake.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type TurnClaim } from './turn-claim.ts';
import { type TurnCommit } from './turn-commit.ts';
import { UnheardClaims } from './unheard-claims.ts';

/** Workers look twice a second by themselves; only what is due sooner is worth a hint. */
const HINT_WITHIN_MS = 500;

/** The steps of a message's life, each run in a transaction. */
export interface InboxParts {
  readonly intake: MessageIntake;
  readonly claim: TurnClaim;
  readonly commit: TurnCommit;
  readonly leases: LeaseBook;
}

/** The inbox as tables. */
export class PostgresInbox implements Inbox {
  readonly #context: PostgresContext;
  readonly #parts: InboxParts;
  readonly #unheard: UnheardClaims;

  constructor(context: PostgresContext, parts: InboxParts) {
    this.#context = context;
    this.#parts = parts;
    this.#unheard = new UnheardClaims(context, (tx, instants) =>
      parts.leases.freeTakenAt(tx, instants),
    );
  }

  async add(batch: ArrivalBatch): Promise<readonly Reception[]> {
    const { db, tell } = this.#context;
    const receptions = await db.write(
      (tx) => this.#parts.intake.take(tx, batch),
      WEBHOOK_WITHIN_MS,
    );
    if (receptions.some(isDueSoon)) tell('turns');
    // An echo may have settled a delivery that the contact's next one waits for.
    if (batch.arrivals.some(({ message }) => message.fromMe)) tell('deliveries');
    return receptions;
  }

  async claimTurns(limit: number): Promise<readonly Turn[]> {
    const { db } = this.#context;
    const { claim } = this.#parts;
    await this.#unheard.free();
    // Looking takes no lock: processes that find nothing do not disturb those that write.
    const isDue = await db.read((session) => claim.isDue(session));
    return isDue ? this.#unheard.claim((tx) => claim.claim(tx, limit)) : [];
  }

  renew(lease: Lease): Promise<LeaseState> {
    return this.#context.db.write((tx) => this.#parts.leases.renew(tx, lease));
  }

  check(lease: Lease): Promise<LeaseState> {
    return this.#context.db.read((session) => this.#parts.leases.stateOf(session, lease));
  }

  async commitTurn(lease: Lease, result: TurnResult): Promise<LeaseState> {
    const { db, tell } = this.#context;
    const state = await db.write((tx) => this.#parts.commit.commit(tx, lease, result));
    if (state === 'held') tell('deliveries');
    return state;
  }

  async giveBack(lease: Lease, how: HandBack, spent?: TokenUse): Promise<void> {
    const { db, tell } = this.#context;
    await db.write((tx) => this.#parts.leases.giveBack(tx, lease, how, spent));
    tell('turns');
  }

  nextTurnInMs(): Promise<number | undefined> {
    return this.#context.db.read(async (session) => {
      const row = await session.get(
        `SELECT min(greatest(ready_at, coalesce(lease_until, 0))) AS at
         FROM contact WHERE ready_at IS NOT NULL`,
      );
      const at = row?.['at'];
      return typeof at === 'number' ? Math.max(0, at - (await session.now())) : undefined;
    });
  }

  oldestWaitingMs(): Promise<number | undefined> {
    return this.#context.db.read(async (session) => {
      const sql = 'SELECT min(first_pending_at) AS at FROM contact WHERE ready_at IS NOT NULL';
      const at = (await session.get(sql))?.['at'] ?? undefined;
      return at === undefined ? undefined : Math.max(0, (await session.now()) - Number(at));
    });
  }

  depth(): Promise<number> {
    return this.#context.db.read(async (session) => {
      const row = await session.get(
        `SELECT count(*) AS depth FROM contact JOIN inbox ON inbox.contact_id = contact.id
         WHERE contact.ready_at IS NOT NULL AND inbox.state = 'pending'`,
      );
      return Number(row?.['depth']);
    });
  }
}

function isDueSoon(reception: Reception): boolean {
  return reception.status === 'accepted' && reception.readyInMs < HINT_WITHIN_MS;
}
