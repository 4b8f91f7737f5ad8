import { type Request, type Response } from 'express';
import { z } from 'zod';

import { type ListTurns } from '../../../application/ports/inbound/list-turns.ts';
import { type EndedTurn } from '../../../application/ports/outbound/conversation-store.ts';
import { type ContactId, maskNumber } from '../../../domain/contact.ts';
import { type Finding } from '../../../domain/facts/fact-lock.ts';
import { limitField, sendInputProblem } from './read-input.ts';

const LONGEST_LIST = 200;
const SHORT_LIST = 20;
const CONTACT_RULE = "must be a contact's id";

const turnsQuery = z.object({
  limit: limitField(LONGEST_LIST, SHORT_LIST),
  contact: z.coerce.number(CONTACT_RULE).int(CONTACT_RULE).positive(CONTACT_RULE).optional(),
  verdict: z.enum(['passed', 'rewritten', 'withheld']).optional(),
});

/** Facts that may be the contact's own. */
const PERSONAL: ReadonlySet<string> = new Set(['digits', 'email']);

/** Shows how answers came about: what each stated, and where it stands. */
export class TurnsController {
  constructor(private readonly listTurns: ListTurns) {}

  async list(request: Request, response: Response): Promise<void> {
    const query = turnsQuery.safeParse(request.query);
    if (!query.success) {
      sendInputProblem(request, response, query.error);
      return;
    }
    const { limit, contact, verdict } = query.data;
    const turns = await this.listTurns.execute({
      limit,
      ...(contact === undefined ? {} : { contactId: contact as ContactId }),
      ...(verdict === undefined ? {} : { verdict }),
    });
    const isFull = request.query['full'] === '1';
    response.json({ turns: turns.map((turn) => shownTurn(turn, isFull)) });
  }
}

function shownTurn({ record, ...turn }: EndedTurn, isFull: boolean): object {
  return {
    id: turn.turnId,
    contact_id: turn.contactId,
    contact: isFull ? turn.number : maskNumber(turn.number),
    ended_at: new Date(turn.endedAt).toISOString(),
    outcome: turn.outcome,
    verdict: orNull(record.verdict),
    facts: (record.facts ?? []).map((fact) => shownFact(fact, isFull)),
    passages: record.passages ?? [],
    knowledge_version: orNull(record.knowledgeVersion),
    model: orNull(record.model),
    model_ms: orNull(record.modelMs),
    tokens_in: orNull(record.tokensIn),
    tokens_out: orNull(record.tokensOut),
    cost: orNull(record.cost),
    error: orNull(record.error),
  };
}

function orNull<T>(value: T | undefined): T | null {
  return value ?? null;
}

function shownFact({ kind, text, source, offence }: Finding, isFull: boolean): object {
  const isShown = isFull || !PERSONAL.has(kind);
  return {
    kind,
    text: isShown ? text : '***',
    source: source ?? null,
    offence: offence ?? null,
  };
}
