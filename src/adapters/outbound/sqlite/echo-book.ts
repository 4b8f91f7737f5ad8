import { type OutboxId } from '../../../domain/delivery.ts';
import {
  type EchoEvidence,
  SENDS_REMEMBERED,
  echoCoverage,
  echoWindowMs,
  heardSince,
  isReliable,
} from '../../../domain/echo-evidence.ts';
import { type EchoedRow, confirmedSend, ingressBeats } from '../sql/echo-rows.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** What the gateway's echoes have shown, to all processes, and what their absence is worth. */
export class EchoBook {
  readonly #context: SqliteContext;
  /** Before, this process could not have heard an echo. */
  readonly #since: number;

  constructor(context: SqliteContext) {
    this.#context = context;
    this.#since = context.clock.now();
  }

  /**
   * Joins the caller's transaction: an echo of the reply was seen for the first time, at `seenAt`.
   *
   * Under the response's id it is that of the last send. Otherwise it is taken for that of the first
   * one that may have left: too long a window costs time, too short a one a second copy. Where
   * nobody listened meanwhile, the delay is ours and not the gateway's.
   */
  note(id: OutboxId, gatewayId: string, seenAt: number): void {
    this.#context.db.run(
      `UPDATE outbox SET echoed_at = ?1, echo_ms = CASE
         WHEN EXISTS (SELECT 1 FROM instance
                      WHERE instance.id = outbox.instance AND ingress_gap_at > begun_at) THEN echo_ms
         ELSE max(coalesce(echo_ms, 0), ?1 - begun_at) END
       FROM (SELECT CASE WHEN how = 'response' AND wa_message_id = ?2 THEN started_at
                         ELSE coalesce(unconfirmed_since, started_at) END AS begun_at
             FROM outbox WHERE id = ?3)
       WHERE id = ?3`,
      seenAt,
      gatewayId,
      id,
    );
  }

  /** How long the next send waits for its echo, ms. */
  windowMs(): number {
    return echoWindowMs(this.delaysMs());
  }

  /** How long the last echoes took, ms, from the start of their sends. */
  delaysMs(): readonly number[] {
    const { db, settings } = this.#context;
    const rows = db.all(
      `SELECT echo_ms FROM outbox WHERE instance = ? AND echo_ms IS NOT NULL
       ORDER BY echoed_at DESC, id DESC LIMIT ?`,
      settings.instance,
      SENDS_REMEMBERED,
    );
    return rows.map((row) => row['echo_ms'] as number);
  }

  /** The share of the last confirmed sends that were echoed in time; `undefined` while too few are known. */
  coverage(windowMs: number): number | undefined {
    const { db, clock, settings } = this.#context;
    const rows = db.all(
      `SELECT echoed_at, echo_ms FROM outbox
       WHERE instance = ? AND how = 'response' AND started_at <= ?
       ORDER BY ended_at DESC, id DESC LIMIT ?`,
      settings.instance,
      clock.now() - windowMs,
      SENDS_REMEMBERED,
    ) as unknown as readonly EchoedRow[];
    return echoCoverage(rows.map(confirmedSend), windowMs);
  }

  evidence(): EchoEvidence {
    const { db, clock, settings } = this.#context;
    const row = db.get(
      'SELECT ingress_at, ingress_gap_at FROM instance WHERE id = ?',
      settings.instance,
    );
    const since = heardSince(ingressBeats(row), clock.now(), this.#since);
    const windowMs = this.windowMs();
    return {
      windowMs,
      isReliable: isReliable(this.coverage(windowMs)),
      ...(since === undefined ? {} : { heardSince: since }),
    };
  }
}
