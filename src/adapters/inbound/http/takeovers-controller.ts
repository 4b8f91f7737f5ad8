import { type Request, type Response } from 'express';
import { z } from 'zod';

import { type ResumeConversation } from '../../../application/ports/inbound/resume-conversation.ts';
import { type TakeOverConversation } from '../../../application/ports/inbound/take-over-conversation.ts';
import { type ContactReference } from '../../../application/ports/outbound/takeovers.ts';
import { type ContactId, parseJid } from '../../../domain/contact.ts';
import { sendFieldProblem, sendProblem } from './problem-details.ts';
import { sendInputProblem } from './read-input.ts';
import { TYPED_CONTACT_RULE, typedContact } from './typed-contact.ts';

/** Shorter than any phone number, so that nobody means the one and gets the other. */
const CONTACT_ID = /^[1-9]\d{0,6}$/u;
const REFERENCE_RULE = `must be a contact's id of at most 7 digits, or ${TYPED_CONTACT_RULE.replace('must be ', '')}`;

const MINUTE_MS = 60_000;
const LONGEST_MINUTES = 525_600;
const MINUTES_RULE = `must be a number above 0 and up to ${LONGEST_MINUTES}; without it the pause lasts until it is resumed`;

const pauseBody = z
  .strictObject({
    minutes: z
      .number(MINUTES_RULE)
      .positive(MINUTES_RULE)
      .max(LONGEST_MINUTES, MINUTES_RULE)
      .optional(),
  })
  .optional();

type ConversationRequest = Request<{ id: string }>;

/** Takes a conversation from the agent, and gives it back. */
export class TakeoversController {
  constructor(
    private readonly takeOverConversation: TakeOverConversation,
    private readonly resumeConversation: ResumeConversation,
  ) {}

  async pause(request: ConversationRequest, response: Response): Promise<void> {
    const contact = referenceOf(request.params.id);
    const body = pauseBody.safeParse(request.body);
    if (contact === undefined) {
      sendUnreadable(request, response);
      return;
    }
    if (!body.success) {
      sendInputProblem(request, response, body.error);
      return;
    }
    const minutes = body.data?.minutes;
    const forMs = minutes === undefined ? undefined : minutes * MINUTE_MS;
    const taken = await this.takeOverConversation.execute(contact, forMs);
    if (taken === undefined) {
      sendUnknown(request, response);
      return;
    }
    const until = taken.pause?.until;
    response.json({
      status: 'paused',
      contact_id: taken.contactId,
      until: until === undefined ? null : new Date(until).toISOString(),
    });
  }

  async resume(request: ConversationRequest, response: Response): Promise<void> {
    const contact = referenceOf(request.params.id);
    if (contact === undefined) {
      sendUnreadable(request, response);
      return;
    }
    const resumed = await this.resumeConversation.execute(contact);
    if (resumed === undefined) {
      sendUnknown(request, response);
      return;
    }
    response.json({ status: 'resumed', contact_id: resumed.contactId });
  }
}

function referenceOf(typed: string): ContactReference | undefined {
  if (CONTACT_ID.test(typed)) return Number(typed) as ContactId;
  const jid = typedContact(typed);
  if (jid === undefined) return undefined;
  return parseJid(jid)?.kind === 'lid' ? { lid: jid } : { phone: jid };
}

function sendUnreadable(request: ConversationRequest, response: Response): void {
  sendFieldProblem(request, response, [{ field: 'id', message: REFERENCE_RULE }]);
}

function sendUnknown(request: ConversationRequest, response: Response): void {
  sendProblem(request, response, {
    status: 404,
    detail:
      'Nobody is known by this id or number. GET /conversation-stats lists the conversations.',
  });
}
