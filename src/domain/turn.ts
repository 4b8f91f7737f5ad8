import { type Brand } from './brand.ts';
import { type ContactId, type Jid } from './contact.ts';
import { type MessageKind } from './incoming-message.ts';

/** The store's own number for one stored message; later messages of a contact have higher ones. */
export type MessageId = Brand<number, 'MessageId'>;

/** When a burst counts as complete. */
export interface BurstTiming {
  /** How long a contact must have been silent, in ms (REPLY_QUIET). */
  readonly quietMs: number;
  /** How long the first message waits at most, in ms (REPLY_MAX_WAIT). */
  readonly maxWaitMs: number;
}

/** The right to answer one contact until an instant; void as soon as the token is outdated. */
export interface Lease {
  readonly contactId: ContactId;
  readonly owner: string;
  /** The fencing token: raised by every claim, so that a late holder's writes are refused. */
  readonly token: number;
  /** The newest message that the holder has seen. */
  readonly lastMessageId: MessageId;
}

/** One message of a turn, in the contact's order. */
export interface TurnMessage {
  readonly id: MessageId;
  readonly kind: MessageKind;
  readonly text: string;
  readonly receivedAt: number;
}

/** The messages of one contact that are answered together, and what is known of the contact. */
export interface Turn {
  readonly lease: Lease;
  readonly contactId: ContactId;
  /** The profile name, untrusted. */
  readonly name?: string;
  readonly replyTo: Jid;
  readonly messages: readonly TurnMessage[];
  /** How often the answer was begun anew because newer messages came in. */
  readonly redo: number;
  /** How often these messages were claimed without an end, this time included: an error or a lost lease each. */
  readonly attempts: number;
  /** How often a process was found dead that had claimed them; none of the attempts. */
  readonly deaths: number;
  /** Whether its lease was another holder's, who did not end it in time. */
  readonly takenOver: boolean;
  /** Turns of this contact that ended within the last hour with something sent, be it an apology. */
  readonly repliesLastHour: number;
}

/** After so many fresh starts the answer is sent for what it saw, and the rest is the next turn. */
export const MAX_REDOS = 3;

/** A turn that was begun so often and never ended gets an apology instead of one more try. */
const MAX_ATTEMPTS = 10;

/**
 * So does a turn that so many processes died of, or with: nobody can tell a message that ends every
 * process that reads it from processes that are killed from outside. But the latter passes, and by
 * {@link restAfterDeath} so many deaths take seven minutes at least.
 */
const MAX_DEATHS = 15;

/** What is killed from outside now and then is to be answered at once. */
const DEATHS_WITHOUT_REST = 3;
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;

/** Why the turn gets an apology instead of one more try; `undefined` when it is tried. */
export function reasonToGiveUp({
  attempts,
  deaths,
}: Pick<Turn, 'attempts' | 'deaths'>): string | undefined {
  if (attempts > MAX_ATTEMPTS) return `begun ${attempts} times and never ended`;
  if (deaths >= MAX_DEATHS) return `begun by ${deaths} processes that died`;
  return undefined;
}

/**
 * How long a turn rests when its process was found dead, ms: not at all at first, then ever longer,
 * so that a message that ends its readers leaves them time to answer everybody else.
 *
 * @param deaths - How many there were, this one included.
 */
export function restAfterDeath(deaths: number): number {
  if (deaths <= DEATHS_WITHOUT_REST) return 0;
  return Math.min(FIRST_REST_MS * 2 ** (deaths - DEATHS_WITHOUT_REST - 1), LONGEST_REST_MS);
}

/** The instant from which on a burst is answered. */
export function burstReadyAt(firstAt: number, lastAt: number, timing: BurstTiming): number {
  return Math.min(lastAt + timing.quietMs, firstAt + timing.maxWaitMs);
}

const PLACEHOLDERS: Partial<Record<MessageKind, string>> = {
  audio: '[áudio]',
  image: '[imagem]',
  video: '[vídeo]',
  document: '[documento]',
  sticker: '[figurinha]',
  location: '[localização]',
  contact: '[contato]',
  poll: '[enquete]',
  order: '[pedido]',
};

/** What the model reads for a message: its words, with `[áudio]` and the like where there is more than words. */
export function messageAsText(message: Pick<TurnMessage, 'kind' | 'text'>): string {
  return [PLACEHOLDERS[message.kind] ?? '', message.text].filter((part) => part !== '').join(' ');
}

/** The whole burst as one text, a line a message. */
export function turnAsText(messages: readonly Pick<TurnMessage, 'kind' | 'text'>[]): string {
  return messages.map(messageAsText).join('\n');
}

/** Whether anything in the turn was said in words. */
export function hasWords(messages: readonly Pick<TurnMessage, 'text'>[]): boolean {
  return messages.some(({ text }) => text.trim() !== '');
}
