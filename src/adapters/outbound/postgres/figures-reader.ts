import { type OutboxFigures } from '../../../application/ports/outbound/outbox.ts';
import { echoDelays, echoWindowMs } from '../../../domain/echo-evidence.ts';
import { IS_DEAD_REPLY } from '../sql/dead-letter-rows.ts';
import { type EchoBook } from './echo-book.ts';
import { type PostgresSession } from './postgres-session.ts';
import { type SendCounts } from './send-counts.ts';

/** Reads what there is to tell about the outbox. */
export class FiguresReader {
  readonly #echoes: EchoBook;
  readonly #counts: SendCounts;

  constructor(echoes: EchoBook, counts: SendCounts) {
    this.#echoes = echoes;
    this.#counts = counts;
  }

  async read(session: PostgresSession): Promise<OutboxFigures> {
    const oldest = await session.get(
      'SELECT min(coalesce(retried_at, created_at)) AS at FROM outbox WHERE due_at IS NOT NULL',
    );
    const oldestAt = oldest?.['at'] as number | null | undefined;
    const delaysMs = await this.#echoes.delaysMs(session);
    const delays = echoDelays(delaysMs);
    const windowMs = echoWindowMs(delaysMs);
    const coverage = await this.#echoes.coverage(session, windowMs);
    const { duplicate = 0, ...settled } = await this.#counts.read(session);
    return {
      replies: await countReplies(session),
      ...(oldestAt == null ? {} : { oldestOpenMs: (await session.now()) - oldestAt }),
      settled: { response: 0, echo: 0, resent: 0, held: 0, failed: 0, ...settled },
      duplicates: duplicate,
      ...(delays === undefined ? {} : { echoDelays: delays }),
      echoWindowMs: windowMs,
      ...(coverage === undefined ? {} : { echoCoverage: coverage }),
    };
  }
}

async function countReplies(session: PostgresSession): Promise<OutboxFigures['replies']> {
  const rows = await session.all(
    `SELECT state, count(*) AS count FROM outbox WHERE due_at IS NOT NULL GROUP BY state
     UNION ALL
     SELECT state, count(*) FROM outbox WHERE state = 'held' AND ${IS_DEAD_REPLY} GROUP BY state`,
  );
  const counts = Object.fromEntries(rows.map(({ state, count }) => [String(state), Number(count)]));
  return { pending: 0, sending: 0, unknown: 0, held: 0, ...counts };
}
