import { type TurnLog, type TurnLogPage } from '../../../application/ports/outbound/turn-log.ts';
import { type AskedQuestion } from '../../../domain/knowledge/health/unanswered.ts';
import { type FoundPassages } from '../../../domain/knowledge/health/unused-documents.ts';
import { type AskedRow, asFoundPassages, asQuestions } from '../sql/turn-log-rows.ts';
import { type PostgresContext } from './postgres-context.ts';

/** Reads the records of turns. */
export class PostgresTurnLog implements TurnLog {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  unanswered({ withinMs, limit }: TurnLogPage): Promise<readonly AskedQuestion[]> {
    const { db, settings } = this.#context;
    return db.read(async (session) =>
      asQuestions(
        (await session.all(
          `SELECT inbox.turn_id, inbox.kind, inbox.text, asked.name
           FROM (SELECT turn.id, contact.name FROM turn JOIN contact ON contact.id = turn.contact_id
                 WHERE turn.unanswered = 1 AND turn.ended_at > $1 AND contact.instance = $2
                 ORDER BY turn.ended_at DESC, turn.id DESC LIMIT $3) AS asked
             JOIN inbox ON inbox.turn_id = asked.id
           WHERE inbox.text <> '' ORDER BY inbox.turn_id DESC, inbox.id`,
          (await session.now()) - withinMs,
          settings.instance,
          limit,
        )) as unknown as AskedRow[],
      ),
    );
  }

  found({ withinMs, limit }: TurnLogPage): Promise<readonly FoundPassages[]> {
    const { db, settings } = this.#context;
    return db.read(async (session) => {
      const rows = await session.all(
        `SELECT turn.passages FROM turn JOIN contact ON contact.id = turn.contact_id
         WHERE turn.ended_at > $1 AND contact.instance = $2 AND turn.passages IS NOT NULL
         ORDER BY turn.ended_at DESC, turn.id DESC LIMIT $3`,
        (await session.now()) - withinMs,
        settings.instance,
        limit,
      );
      return rows.map(asFoundPassages);
    });
  }
}
