import { comparableText } from './comparable-text.ts';
import { type DeliveryState } from './delivery.ts';
import { type IncomingMessage } from './incoming-message.ts';

/**
 * What has paused the agent for a contact.
 *
 * - `person`: somebody of the business wrote to the contact from the phone.
 * - `word`: the off word was typed in the chat.
 * - `request`: it was asked for over HTTP.
 */
export type PausedBy = 'person' | 'word' | 'request';

/** While it holds, the contact's messages are kept and not answered, and nothing of the agent's leaves. */
export interface Pause {
  readonly by: PausedBy;
  /** Store time, ms. Absent: until somebody ends it. */
  readonly until?: number;
}

/** What the owner types in a contact's chat to silence the agent there, and to let it answer again. */
export interface AgentWords {
  readonly off: string;
  readonly on: string;
}

/** How a person takes a conversation over. */
export interface TakeoverPolicy {
  /** How long the agent is silent after a person wrote (TAKEOVER_MINUTES), ms; 0: it is not. */
  readonly takeoverMs: number;
  readonly words: AgentWords;
}

/**
 * How long after its start a send may still be echoed and the echo be known for ours by its words, ms.
 * Gateways that were offline deliver late; a person who types the same words within this time only
 * says what the contact has read already.
 */
export const LATE_ECHO_MS = 600_000;

/** Whether the pause holds at the store time `now`. */
export function isPaused(pause: Pause | undefined, now: number): pause is Pause {
  return pause !== undefined && (pause.until ?? Infinity) > now;
}

/** The pause that ends later; the first of two that end together. */
export function longerPause(one: Pause | undefined, other: Pause | undefined): Pause | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return (other.until ?? Infinity) > (one.until ?? Infinity) ? other : one;
}

/** The pause after a person wrote at `now`: a takeover never shortens what was asked for longer. */
export function pauseByPerson(
  current: Pause | undefined,
  now: number,
  takeoverMs: number,
): Pause | undefined {
  const held = isPaused(current, now) ? current : undefined;
  return takeoverMs === 0 ? held : longerPause(held, { by: 'person', until: now + takeoverMs });
}

/** The word that is the whole of the message, if it is one; blanks around it and case do not count. */
export function agentWordIn(
  { kind, text }: Pick<IncomingMessage, 'kind' | 'text'>,
  words: AgentWords,
): keyof AgentWords | undefined {
  if (kind !== 'text') return undefined;
  if (isSameWord(text, words.off)) return 'off';
  return isSameWord(text, words.on) ? 'on' : undefined;
}

/** Whether two words are one to {@link agentWordIn}. */
export function isSameWord(one: string, other: string): boolean {
  return comparableText(one).toLowerCase() === comparableText(other).toLowerCase();
}

/** The states in which the last send may have reached the gateway. */
const MAY_HAVE_LEFT: ReadonlySet<DeliveryState> = new Set(['sending', 'unknown', 'held', 'sent']);

/**
 * How many echoes a reply may have caused: one for each send that may have reached the gateway. An
 * echo beyond them, with the same words, was typed by a person.
 */
export function possibleEchoes(reply: {
  readonly state: DeliveryState;
  readonly resends: number;
}): number {
  const { state, resends } = reply;
  return MAY_HAVE_LEFT.has(state) ? resends + 1 : resends;
}
