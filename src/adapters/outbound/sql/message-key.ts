import { hash } from 'node:crypto';

/** Longer ids are none of WhatsApp's; they are kept as a hash, so that no index holds kilobytes. */
const LONGEST_ID = 128;

/** 96 bits: no two ids share them by chance, and the index over all keys is a third of the size. */
const KEY_LENGTH = 16;

/** What a customer's message is known by when it is delivered again. */
export function contactMessageKey(instance: string, id: string): string {
  return hash('sha256', `${instance}|in|${id}`, 'base64url').slice(0, KEY_LENGTH);
}

/** What a message from our own number is known by; the id stands at its end. */
export function ownMessageKey(instance: string, id: string): string {
  return `${instance}|out|${id.length > LONGEST_ID ? hash('sha256', id) : id}`;
}
