import { type OutboxFigures } from '../../../application/ports/outbound/outbox.ts';
import { echoDelays, echoWindowMs } from '../../../domain/echo-evidence.ts';
import { IS_DEAD_REPLY } from '../sql/dead-letter-rows.ts';
import { type EchoBook } from './echo-book.ts';
import { type SendCounts } from './send-counts.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** Reads what there is to tell about the outbox. */
export class FiguresReader {
  readonly #context: SqliteContext;
  readonly #echoes: EchoBook;
  readonly #counts: SendCounts;

  constructor(context: SqliteContext, echoes: EchoBook, counts: SendCounts) {
    this.#context = context;
    this.#echoes = echoes;
    this.#counts = counts;
  }

  read(): OutboxFigures {
    const { db, clock } = this.#context;
    const oldest = db.get(
      'SELECT min(coalesce(retried_at, created_at)) AS at FROM outbox WHERE due_at IS NOT NULL',
    );
    const oldestAt = oldest?.['at'] as number | null | undefined;
    const delaysMs = this.#echoes.delaysMs();
    const delays = echoDelays(delaysMs);
    const windowMs = echoWindowMs(delaysMs);
    const coverage = this.#echoes.coverage(windowMs);
    const { duplicate = 0, ...settled } = this.#counts.read();
    return {
      replies: this.#replies(),
      ...(oldestAt == null ? {} : { oldestOpenMs: clock.now() - oldestAt }),
      settled: { response: 0, echo: 0, resent: 0, held: 0, failed: 0, ...settled },
      duplicates: duplicate,
      ...(delays === undefined ? {} : { echoDelays: delays }),
      echoWindowMs: windowMs,
      ...(coverage === undefined ? {} : { echoCoverage: coverage }),
    };
  }

  #replies(): OutboxFigures['replies'] {
    const rows = this.#context.db.all(
      `SELECT state, count(*) AS count FROM outbox WHERE due_at IS NOT NULL GROUP BY state
       UNION ALL
       SELECT state, count(*) FROM outbox WHERE state = 'held' AND ${IS_DEAD_REPLY} GROUP BY state`,
    );
    const counts = Object.fromEntries(
      rows.map(({ state, count }) => [String(state), Number(count)]),
    );
    return { pending: 0, sending: 0, unknown: 0, held: 0, ...counts };
  }
}
