import { type TurnLog, type TurnLogPage } from '../../../application/ports/outbound/turn-log.ts';
import { type AskedQuestion } from '../../../domain/knowledge/health/unanswered.ts';
import { type FoundPassages } from '../../../domain/knowledge/health/unused-documents.ts';
import { type AskedRow, asFoundPassages, asQuestions } from '../sql/turn-log-rows.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** Reads the records of turns. */
export class SqliteTurnLog implements TurnLog {
  readonly #context: SqliteContext;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  unanswered(page: TurnLogPage): Promise<readonly AskedQuestion[]> {
    const { db } = this.#context;
    return db.read(() =>
      asQuestions(
        db.all(
          `SELECT inbox.turn_id, inbox.kind, inbox.text, asked.name
           FROM (SELECT turn.id, contact.name FROM turn JOIN contact ON contact.id = turn.contact_id
                 WHERE turn.unanswered = 1 AND turn.ended_at > ? AND contact.instance = ?
                 ORDER BY turn.ended_at DESC, turn.id DESC LIMIT ?) AS asked
             JOIN inbox ON inbox.turn_id = asked.id
           WHERE inbox.text <> '' ORDER BY inbox.turn_id DESC, inbox.id`,
          ...this.#parameters(page),
        ) as unknown as AskedRow[],
      ),
    );
  }

  found(page: TurnLogPage): Promise<readonly FoundPassages[]> {
    const { db } = this.#context;
    return db.read(() =>
      db
        .all(
          `SELECT turn.passages FROM turn JOIN contact ON contact.id = turn.contact_id
           WHERE turn.ended_at > ? AND contact.instance = ? AND turn.passages IS NOT NULL
           ORDER BY turn.ended_at DESC, turn.id DESC LIMIT ?`,
          ...this.#parameters(page),
        )
        .map(asFoundPassages),
    );
  }

  #parameters({ withinMs, limit }: TurnLogPage): readonly [number, string, number] {
    const { clock, settings } = this.#context;
    return [clock.now() - withinMs, settings.instance, limit];
  }
}
