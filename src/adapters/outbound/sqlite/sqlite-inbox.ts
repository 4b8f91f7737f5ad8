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
import { type SqliteContext } from './sqlite-context.ts';
import { type TurnClaim } from './turn-claim.ts';
import { type TurnCommit } from './turn-commit.ts';

/** The steps of a message's life, each run in a transaction. */
export interface InboxParts {
  readonly intake: MessageIntake;
  readonly claim: TurnClaim;
  readonly commit: TurnCommit;
  readonly leases: LeaseBook;
}

/** The inbox as tables. */
export class SqliteInbox implements Inbox {
  readonly #context: SqliteContext;
  readonly #parts: InboxParts;

  constructor(context: SqliteContext, parts: InboxParts) {
    this.#context = context;
    this.#parts = parts;
  }

  add(batch: ArrivalBatch): Promise<readonly Reception[]> {
    return this.#context.db.write(() => this.#parts.intake.take(batch), WEBHOOK_WITHIN_MS);
  }

  async claimTurns(limit: number): Promise<readonly Turn[]> {
    const { db } = this.#context;
    const { claim } = this.#parts;
    // Looking takes no lock: processes that find nothing do not disturb those that write.
    const due = await db.read(() => claim.due(limit));
    return due.length === 0 ? [] : db.write(() => claim.claim(limit));
  }

  renew(lease: Lease): Promise<LeaseState> {
    return this.#context.db.write(() => this.#parts.leases.renew(lease));
  }

  check(lease: Lease): Promise<LeaseState> {
    return this.#context.db.read(() => this.#parts.leases.stateOf(lease));
  }

  commitTurn(lease: Lease, result: TurnResult): Promise<LeaseState> {
    return this.#context.db.write(() => this.#parts.commit.commit(lease, result));
  }

  giveBack(lease: Lease, how: HandBack, spent?: TokenUse): Promise<void> {
    return this.#context.db.write(() => {
      this.#parts.leases.giveBack(lease, how, spent);
    });
  }

  nextTurnInMs(): Promise<number | undefined> {
    const { db, clock } = this.#context;
    return db.read(() => {
      const row = db.get(
        'SELECT min(max(ready_at, coalesce(lease_until, 0))) AS at FROM contact WHERE ready_at IS NOT NULL',
      );
      const at = row?.['at'] ?? undefined;
      return at === undefined ? undefined : Math.max(0, Number(at) - clock.now());
    });
  }

  oldestWaitingMs(): Promise<number | undefined> {
    const { db, clock } = this.#context;
    return db.read(() => {
      const sql = 'SELECT min(first_pending_at) AS at FROM contact WHERE ready_at IS NOT NULL';
      const at = db.get(sql)?.['at'] ?? undefined;
      return at === undefined ? undefined : Math.max(0, clock.now() - Number(at));
    });
  }

  depth(): Promise<number> {
    const { db } = this.#context;
    return db.read(() => {
      const row = db.get(
        `SELECT count(*) AS depth FROM inbox INDEXED BY inbox_waiting WHERE state = 'pending'`,
      );
      return Number(row?.['depth']);
    });
  }
}
