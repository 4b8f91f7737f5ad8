import { hash } from 'node:crypto';

/** Longer ids are none of WhatsApp's; they are kept as a hash, so that no index holds kilobytes. */
const LONGEST_ID = 128;

/** 96 bits: no two ids share them by chance, and the index over all keys is a third of the size. */
const KEY_LENGTH = 16;

/** What a customer's message is known by when it is delivered again. */
export function contactMessageKey(instance: string, id: string): string {
  return shortHash(`${instance}|in|${id}`);
}

/** What a message from our own number is known by: as a customer's, and the id behind it. */
export function ownMessageKey(instance: string, id: string): string {
  const short = id.length > LONGEST_ID ? hash('sha256', id) : id;
  return shortHash(`${instance}|out|${short}`) + short;
}

/** The id in an {@link ownMessageKey}. */
export function idInOwnKey(key: string): string {
  return key.slice(KEY_LENGTH);
}

/** Begins with any of 64 characters, each as often. */
function shortHash(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, KEY_LENGTH);
}
