import { type AskedQuestion } from '../../../domain/knowledge/health/unanswered.ts';
import { type FoundPassages } from '../../../domain/knowledge/health/unused-documents.ts';
import { turnAsText } from '../../../domain/turn.ts';
import { type UnansweredRow } from './dead-letter-rows.ts';

/** One message of a turn whose question was not answered, with its contact's name. */
export interface AskedRow extends UnansweredRow {
  readonly name: string | null;
}

/** The questions, one a turn, in the order of the rows. */
export function asQuestions(rows: readonly AskedRow[]): readonly AskedQuestion[] {
  const turns = new Map<number, AskedRow[]>();
  for (const row of rows) {
    const known = turns.get(row.turn_id);
    if (known === undefined) turns.set(row.turn_id, [row]);
    else known.push(row);
  }
  return Array.from(turns.values(), (messages) => {
    const name = messages[0]?.name ?? undefined;
    return { text: turnAsText(messages), ...(name === undefined ? {} : { name }) };
  });
}

/** The passages of a turn, as its row keeps them. */
export function asFoundPassages(row: Readonly<Record<string, unknown>>): FoundPassages {
  return JSON.parse(String(row['passages'])) as FoundPassages;
}
