import { type Inbox } from '../../src/application/ports/outbound/inbox.ts';
import { type Store } from '../../src/application/ports/outbound/store.ts';
import { type Jid } from '../../src/domain/contact.ts';
import { aTurnResult } from '../../tests/builders/a-turn-result.ts';
import { anArrivalBatch } from '../../tests/builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../../tests/builders/an-incoming-message.ts';
import { contactJid } from './webhook-bodies.ts';

/** As many turns or deliveries as a process has at hand by default (LLM_CONCURRENCY). */
export const AT_ONCE = 64;

/** As many webhooks as a gateway might post at once. */
const POSTED_AT_ONCE = 50;

/** One message of a contact; the id makes it another one. */
export async function receiveOne(inbox: Inbox, contact: number, id: string): Promise<void> {
  const identity = { phone: contactJid(contact) as Jid };
  await inbox.add(anArrivalBatch(anIncomingMessage({ identity, id, text: `Quanto custa? ${id}` })));
}

/** One message of each of so many contacts; the prefix makes them others than those before. */
export async function everybodyWrites(
  { inbox }: Store,
  contacts: number,
  prefix: string,
): Promise<void> {
  const untaken = Array.from({ length: contacts }, (_, contact) => contact).values();
  const postSome = async (): Promise<void> => {
    for (const contact of untaken) await receiveOne(inbox, contact, `${prefix}-${contact}`);
  };
  await Promise.all(Array.from({ length: POSTED_AT_ONCE }, postSome));
}

/** Claims as much as is due and ends it. @returns How many turns that were. */
export async function answerDue({ inbox }: Store): Promise<number> {
  const turns = await inbox.claimTurns(AT_ONCE);
  await Promise.all(turns.map(({ lease }) => inbox.commitTurn(lease, aTurnResult())));
  return turns.length;
}

/** Begins as many sends as are due, each of which has succeeded. @returns How many that were. */
export async function deliverDue({ outbox }: Store): Promise<number> {
  const deliveries = await outbox.claimDeliveries(AT_ONCE);
  await Promise.all(
    deliveries.map((delivery) =>
      outbox.settle(delivery, { kind: 'sent', gatewayId: `OUT-${delivery.id}` }),
    ),
  );
  return deliveries.length;
}
