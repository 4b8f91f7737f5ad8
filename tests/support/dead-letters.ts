import { type ContactId } from '../../src/domain/contact.ts';
import { type DeadLetterReference } from '../../src/domain/dead-letter.ts';
import { type OutboxId } from '../../src/domain/delivery.ts';
import { aTurnResult } from '../builders/a-turn-result.ts';
import {
  type StoreUnderTest,
  answer,
  beginDelivery,
  claimTurn,
  receive,
} from './store-under-test.ts';

export const ANA = 1 as ContactId;

export const REFUSED = { kind: 'rejected', reason: 'HTTP 400' } as const;
export const TIMED_OUT = { kind: 'unknown', reason: 'time-out' } as const;

export const APOLOGY = {
  outcome: 'apologised',
  parts: ['Desculpe, já chamo alguém.'],
  source: 'fixed',
  record: { error: 'timeout: no answer' },
  flag: 'a IA não conseguiu responder',
} as const;

/** Leaves one turn that ended with the apology, which has left. */
export async function failTurn(
  store: StoreUnderTest,
  texts: readonly string[] = ['Quanto custa?'],
): Promise<void> {
  for (const text of texts) await receive(store, { id: `ASKED-${text}`, text });
  const { lease } = await claimTurn(store);
  await store.inbox.commitTurn(lease, aTurnResult(APOLOGY));
  const apology = await beginDelivery(store);
  await store.outbox.settle(apology, { kind: 'sent', gatewayId: `APOLOGY-${apology.id}` });
}

/** Leaves one reply that the gateway refuses for what it is; it is the first of its parts. */
export async function failReply(
  store: StoreUnderTest,
  parts: readonly string[] = ['Um'],
): Promise<OutboxId> {
  await answer(store, { id: `FOR-${parts.join()}` }, { parts });
  const delivery = await beginDelivery(store);
  await store.outbox.settle(delivery, REFUSED);
  return delivery.id;
}

/** Leaves one reply of which nobody knows whether it has arrived; SEND_UNKNOWN is `hold`. */
export async function holdReply(store: StoreUnderTest): Promise<OutboxId> {
  await answer(store, {}, { parts: ['Um'] });
  const delivery = await beginDelivery(store);
  await store.outbox.settle(delivery, TIMED_OUT);
  store.clock.advance(15_000);
  await store.outbox.claimDeliveries(9);
  return delivery.id;
}

/** The one dead letter that there is. */
export async function onlyLetter(store: StoreUnderTest): Promise<DeadLetterReference> {
  const [letter, ...others] = await store.deadLetters.list({ limit: 9 });
  if (letter === undefined || others.length > 0) throw new Error('not exactly one dead letter');
  return { kind: letter.kind, id: letter.id };
}

/** Why Ana waits for a person. */
export async function flagOfAna(store: StoreUnderTest): Promise<string | undefined> {
  const summaries = await store.conversations.summaries();
  return summaries.find(({ contactId }) => contactId === ANA)?.person?.reason;
}
