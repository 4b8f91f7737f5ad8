import { type Request, type Response } from 'express';
import { z } from 'zod';

import { type DismissDeadLetter } from '../../../application/ports/inbound/dismiss-dead-letter.ts';
import { type ListDeadLetters } from '../../../application/ports/inbound/list-dead-letters.ts';
import { type RetryDeadLetter } from '../../../application/ports/inbound/retry-dead-letter.ts';
import { maskNumber } from '../../../domain/contact.ts';
import {
  type DeadLetter,
  type DeadLetterPosition,
  type DeadLetterReference,
  reasonOf,
} from '../../../domain/dead-letter.ts';
import { sendFieldProblem, sendProblem } from './problem-details.ts';
import { limitField, sendInputProblem } from './read-input.ts';

/** Fifteen digits: a number beyond them would not be the one that was typed. */
const LETTER_ID = /^(turn|reply)-([1-9]\d{0,14})$/u;
const ID_RULE = 'must be turn- or reply- and a number, as GET /dead-letters shows it';

const CURSOR = /^(\d{1,15})\.((?:turn|reply)-\d{1,15})$/u;
const CURSOR_RULE = 'must be the next_cursor of the page before';

const LONGEST_PAGE = 200;
const PAGE = 50;

const pageQuery = z.object({
  limit: limitField(LONGEST_PAGE, PAGE),
  cursor: z.string(CURSOR_RULE).regex(CURSOR, CURSOR_RULE).transform(positionOf).optional(),
});

type LetterRequest = Request<{ id: string }>;

/** Shows what was given up, and takes a person's decision about it. */
export class DeadLettersController {
  constructor(
    private readonly listDeadLetters: ListDeadLetters,
    private readonly retryDeadLetter: RetryDeadLetter,
    private readonly dismissDeadLetter: DismissDeadLetter,
  ) {}

  /** Texts and numbers are shown only to who asks for them: the list itself may go into a ticket. */
  async list(request: Request, response: Response): Promise<void> {
    const query = pageQuery.safeParse(request.query);
    if (!query.success) {
      sendInputProblem(request, response, query.error);
      return;
    }
    const { limit, cursor: after } = query.data;
    const page = { limit, ...(after === undefined ? {} : { after }) };
    const { total, letters, hasMore } = await this.listDeadLetters.execute(page);
    const last = letters.at(-1);
    const isFull = request.query['full'] === '1';
    response.json({
      total,
      dead_letters: letters.map((letter) => shown(letter, isFull)),
      next_cursor: hasMore && last !== undefined ? `${last.since}.${idOf(last)}` : null,
    });
  }

  async retry(request: LetterRequest, response: Response): Promise<void> {
    const letter = referenceOf(request.params.id);
    if (letter === undefined) {
      sendUnreadable(request, response);
      return;
    }
    const outcome = await this.retryDeadLetter.execute(letter);
    switch (outcome.status) {
      case 'retried':
        response.json({ status: 'retried', id: idOf(letter), contact_id: outcome.contactId });
        break;
      case 'taken_over':
        sendProblem(request, response, {
          status: 409,
          detail: `A person has this conversation. POST /conversations/${outcome.contactId}/resume first, or dismiss it.`,
        });
        break;
      case 'unknown':
        sendUnknown(request, response);
        break;
    }
  }

  async dismiss(request: LetterRequest, response: Response): Promise<void> {
    const letter = referenceOf(request.params.id);
    if (letter === undefined) {
      sendUnreadable(request, response);
      return;
    }
    const contactId = await this.dismissDeadLetter.execute(letter);
    if (contactId === undefined) sendUnknown(request, response);
    else response.json({ status: 'dismissed', id: idOf(letter), contact_id: contactId });
  }
}

function shown(letter: DeadLetter, isFull: boolean): object {
  const { kind, state, contactId, number, error, since, text } = letter;
  return {
    id: idOf(letter),
    kind,
    state,
    contact: isFull ? number : maskNumber(number),
    contact_id: contactId,
    reason: reasonOf(letter),
    error: error ?? null,
    since: new Date(since).toISOString(),
    ...(isFull ? { text } : {}),
  };
}

function idOf({ kind, id }: DeadLetterReference): string {
  return `${kind}-${id}`;
}

function referenceOf(typed: string): DeadLetterReference | undefined {
  const [, kind, id] = LETTER_ID.exec(typed) ?? [];
  return kind === undefined ? undefined : { kind: kind as DeadLetter['kind'], id: Number(id) };
}

function positionOf(typed: string, context: z.RefinementCtx): DeadLetterPosition {
  const [, since, id = ''] = CURSOR.exec(typed) ?? [];
  const letter = referenceOf(id);
  if (letter !== undefined) return { ...letter, since: Number(since) };
  context.addIssue(CURSOR_RULE);
  return z.NEVER;
}

function sendUnreadable(request: LetterRequest, response: Response): void {
  sendFieldProblem(request, response, [{ field: 'id', message: ID_RULE }]);
}

function sendUnknown(request: LetterRequest, response: Response): void {
  sendProblem(request, response, {
    status: 404,
    detail:
      'There is no such dead letter, or not any more. GET /dead-letters lists those that wait for a decision.',
  });
}
