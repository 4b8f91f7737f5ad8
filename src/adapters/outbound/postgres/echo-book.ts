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
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';

/** What the gateway's echoes have shown, to all processes, and what their absence is worth. */
export class EchoBook {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  /**
   * Joins the caller's transaction: an echo of the reply was seen for the first time, at `seenAt`.
   *
   * Under the response's id it is that of the last send. Otherwise it is taken for that of the first
   * one that may have left: too long a window costs time, too short a one a second copy. Where
   * nobody listened meanwhile, the delay is ours and not the gateway's.
   */
  async note(
    tx: PostgresSession,
    id: OutboxId,
    seen: { readonly gatewayId: string; readonly at: number },
  ): Promise<void> {
    await tx.run(
      `UPDATE outbox SET echoed_at = $1, echo_ms = CASE
         WHEN EXISTS (SELECT 1 FROM instance
                      WHERE instance.id = outbox.instance AND ingress_gap_at > send.begun_at) THEN echo_ms
         ELSE greatest(coalesce(echo_ms, 0), $1 - send.begun_at) END
       FROM (SELECT CASE WHEN how = 'response' AND wa_message_id = $2 THEN started_at
                         ELSE coalesce(unconfirmed_since, started_at) END AS begun_at
             FROM outbox WHERE id = $3) AS send
       WHERE id = $3`,
      seen.at,
      seen.gatewayId,
      id,
    );
  }

  /** How long the next send waits for its echo, ms. */
  async windowMs(session: PostgresSession): Promise<number> {
    return echoWindowMs(await this.delaysMs(session));
  }

  /** How long the last echoes took, ms, from the start of their sends. */
  async delaysMs(session: PostgresSession): Promise<readonly number[]> {
    const rows = await session.all(
      `SELECT echo_ms FROM outbox WHERE instance = $1 AND echo_ms IS NOT NULL
       ORDER BY echoed_at DESC, id DESC LIMIT $2`,
      this.#context.settings.instance,
      SENDS_REMEMBERED,
    );
    return rows.map((row) => row['echo_ms'] as number);
  }

  /** The share of the last confirmed sends that were echoed in time; `undefined` while too few are known. */
  async coverage(session: PostgresSession, windowMs: number): Promise<number | undefined> {
    const rows = (await session.all(
      `SELECT echoed_at, echo_ms FROM outbox
       WHERE instance = $1 AND how = 'response' AND started_at <= $2
       ORDER BY ended_at DESC, id DESC LIMIT $3`,
      this.#context.settings.instance,
      (await session.now()) - windowMs,
      SENDS_REMEMBERED,
    )) as unknown as readonly EchoedRow[];
    return echoCoverage(rows.map(confirmedSend), windowMs);
  }

  async evidence(session: PostgresSession): Promise<EchoEvidence> {
    const row = await session.get(
      'SELECT ingress_at, ingress_gap_at FROM instance WHERE id = $1',
      this.#context.settings.instance,
    );
    const since = heardSince(ingressBeats(row), await session.now(), this.#context.since);
    const windowMs = await this.windowMs(session);
    return {
      windowMs,
      isReliable: isReliable(await this.coverage(session, windowMs)),
      ...(since === undefined ? {} : { heardSince: since }),
    };
  }
}
