import { comparableText } from '../../src/domain/comparable-text.ts';
import { type ContactId, type Identity, aliasesOf } from '../../src/domain/contact.ts';
import { type IncomingMessage } from '../../src/domain/incoming-message.ts';
import { isPaused, longerPause } from '../../src/domain/takeover.ts';
import { burstReadyAt } from '../../src/domain/turn.ts';
import { type ContactRecord, type InMemoryState } from './in-memory-state.ts';

/** The one contact that the identity means, created or joined as needed. */
export function resolveContact(
  state: InMemoryState,
  identity: Identity,
  source: 'received' | 'typed',
): ContactRecord {
  const [first, ...others] = state.find(identity);
  const contact = first === undefined ? create(state) : state.contact(first);
  for (const other of others) join(state, contact, state.contact(other));
  for (const alias of aliasesOf(identity)) state.aliases.set(alias, contact.id);
  const mayReplace = source === 'received' || contact.phone === undefined;
  if (identity.phone !== undefined && mayReplace) contact.phone = identity.phone;
  if (identity.lid !== undefined) contact.lid = identity.lid;
  return contact;
}

/** Takes the unknown lid of an echo for that of the one contact who is being sent these words. */
export function learnAddress(state: InMemoryState, message: IncomingMessage): void {
  const { fromMe, identity, text } = message;
  const [alias] = fromMe ? aliasesOf(identity) : [];
  if (alias === undefined || identity.phone !== undefined || state.find(identity).length > 0)
    return;
  const words = comparableText(text);
  const [open, ...others] = state.outbox.filter(
    (row) =>
      (row.state === 'sending' || row.state === 'unknown') &&
      words !== '' &&
      comparableText(row.body) === words &&
      state.contact(row.contactId).lid === undefined,
  );
  if (open !== undefined && others.length === 0) state.aliases.set(alias, open.contactId);
}

/** Sets when the contact is due, by what waits. */
export function reschedule(state: InMemoryState, contact: ContactRecord): void {
  const times = state.pendingOf(contact.id).map(({ receivedAt }) => receivedAt);
  const isWaiting = times.length > 0;
  const first = Math.min(...times);
  contact.firstPendingAt = isWaiting ? first : undefined;
  contact.readyAt = isWaiting
    ? burstReadyAt(first, Math.max(...times), state.settings.timing)
    : undefined;
}

function create(state: InMemoryState): ContactRecord {
  const id = (state.contacts.length + 1) as ContactId;
  const contact = { id, fence: 0, redo: 0, attempts: 0, deaths: 0 };
  state.contacts.push(contact);
  return contact;
}

function join(state: InMemoryState, winner: ContactRecord, loser: ContactRecord): void {
  const isWaiting = state.pendingOf(loser.id).length > 0;
  const belongings = [state.inbox, state.outbox, state.history, state.turns].flat();
  for (const belonging of belongings) {
    if (belonging.contactId === loser.id) belonging.contactId = winner.id;
  }
  for (const [alias, id] of state.aliases) if (id === loser.id) state.aliases.set(alias, winner.id);
  inherit(winner, loser);
  Object.assign(loser, { mergedInto: winner.id, readyAt: undefined, lease: undefined });
  loser.fence += 1;
  if (isPaused(winner.pause, state.now)) voidLease(winner);
  if (!isWaiting) return;
  voidLease(winner);
  reschedule(state, winner);
}

/** Whoever holds the contact holds it no more. */
export function voidLease(contact: ContactRecord): void {
  contact.lease = undefined;
  contact.fence += 1;
}

function inherit(winner: ContactRecord, loser: ContactRecord): void {
  const { name, phone, lid } = loser;
  if (name !== undefined) winner.name ??= name;
  if (phone !== undefined) winner.phone ??= phone;
  if (lid !== undefined) winner.lid ??= lid;
  winner.person ??= loser.person;
  loser.person = undefined;
  winner.pause = longerPause(winner.pause, loser.pause);
  loser.pause = undefined;
}
