import { type Request, type Response } from 'express';

import { type ReportConversations } from '../../../application/ports/inbound/report-conversations.ts';
import { type ResetConversation } from '../../../application/ports/inbound/reset-conversation.ts';
import { type ConversationSummary } from '../../../application/ports/outbound/conversation-store.ts';
import { maskNumber } from '../../../domain/contact.ts';
import { HISTORY_TURNS } from '../../../domain/conversation.ts';
import { sendFieldProblem } from './problem-details.ts';
import { contactAsTyped, TYPED_CONTACT_RULE, typedContact } from './typed-contact.ts';

/** A conversation with the name under which it is shown. */
interface LabelledSummary extends ConversationSummary {
  readonly label: string;
}

/** Shows the conversations in figures, and forgets one. */
export class ConversationsController {
  constructor(
    private readonly resetConversation: ResetConversation,
    private readonly reportConversations: ReportConversations,
  ) {}

  async reset(request: Request<{ phone: string }>, response: Response): Promise<void> {
    const contact = typedContact(request.params.phone);
    if (contact === undefined) {
      sendFieldProblem(request, response, [{ field: 'phone', message: TYPED_CONTACT_RULE }]);
      return;
    }
    // v2.1 said `reset` of a contact it had never seen, too: afterwards there is no history either way.
    await this.resetConversation.execute(contact);
    response.json({ status: 'reset', phone: contactAsTyped(contact) });
  }

  async showStatistics(request: Request, response: Response): Promise<void> {
    const summaries = await this.reportConversations.execute();
    const labelled = withLabels(summaries, request.query['full'] === '1');
    const active = labelled.filter(({ messages }) => messages > 0);
    response.json({
      active_conversations: active.length,
      total_messages: active.reduce((total, { messages }) => total + messages, 0),
      history_window: HISTORY_TURNS,
      conversations: Object.fromEntries(active.map(({ label, messages }) => [label, messages])),
      waiting_for_person: labelled.flatMap(waitingContact),
      paused: labelled.flatMap(pausedContact),
    });
  }
}

function waitingContact({ label, person }: LabelledSummary): readonly object[] {
  if (person === undefined) return [];
  return [{ contact: label, reason: person.reason, since: new Date(person.since).toISOString() }];
}

function pausedContact({ contactId, label, pause }: LabelledSummary): readonly object[] {
  if (pause === undefined) return [];
  const until = pause.until === undefined ? null : new Date(pause.until).toISOString();
  return [{ contact: label, id: contactId, by: pause.by, until }];
}

/** Two masked numbers may look alike; then each carries its contact's id, so that none hides the other. */
function withLabels(
  summaries: readonly ConversationSummary[],
  full: boolean,
): readonly LabelledSummary[] {
  const shown = summaries.map(({ number }) => (full ? number : maskNumber(number)));
  const counts = new Map<string, number>();
  for (const text of shown) counts.set(text, (counts.get(text) ?? 0) + 1);
  return summaries.map((summary, index) => {
    const text = shown[index] ?? '';
    const isUnique = counts.get(text) === 1;
    return { ...summary, label: isUnique ? text : `${text} #${summary.contactId}` };
  });
}
