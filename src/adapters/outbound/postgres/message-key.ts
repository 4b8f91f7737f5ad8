import { hash } from 'node:crypto';

/** Longer ids are none of WhatsApp's; they are kept as a hash, so that no index holds kilobytes. */
const LONGEST_ID = 128;

/** What a customer's message is known by when it is delivered again. */
export function contactMessageKey(instance: string, id: string): string {
  return `${instance}|in|${shortened(id)}`;
}

/** What a message from our own number is known by; the id stands at its end. */
export function ownMessageKey(instance: string, id: string): string {
  return `${instance}|out|${shortened(id)}`;
}

function shortened(id: string): string {
  return id.length > LONGEST_ID ? hash('sha256', id) : id;
}
