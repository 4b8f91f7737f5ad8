import { aliasesOf, type Alias, type Identity } from './contact.ts';
import { type GatewayEvent, type IncomingMessage } from './incoming-message.ts';
import { agentWordIn, type AgentWords, type TakeoverPolicy } from './takeover.ts';

/** Why a message is not answered. The first five are v2.1's own words; scripts read them. */
export type IgnoreReason =
  | 'own_message'
  | 'no_phone_or_text'
  | 'echo_recent_outbound'
  | 'duplicate'
  | 'group'
  | 'status'
  | 'newsletter'
  | 'receipt'
  | 'connection'
  | 'reaction'
  | 'edited'
  | 'revoked'
  | 'empty'
  | 'sticker'
  | 'ignored_contact'
  | 'other_instance'
  | 'too_old'
  | 'agent_paused'
  | 'unsupported';

/** What the owner decided about whom to answer. */
export interface ScreeningPolicy {
  /** Absent: nothing is known of instances, and every one is taken for ours. */
  readonly instance?: string;
  /** `false`: the owner tries it out from the shop's own phone, and is answered like a customer. */
  readonly ignoreFromMe: boolean;
  /** Family and suppliers, by the canonical phone or, where none is known, the lid. */
  readonly ignoredContacts: ReadonlySet<Alias>;
  readonly maxAgeMs: number;
}

/**
 * The verdict on a payload alone.
 *
 * - `ignore`: leaves nothing behind.
 * - `store`: goes to the inbox, which screens again with the facts it holds.
 * - `keep`: goes to the conversation's history, never answered.
 */
export type Screening =
  | { readonly verdict: 'ignore'; readonly reason: IgnoreReason }
  | { readonly verdict: 'store' }
  | { readonly verdict: 'keep'; readonly reason: IgnoreReason };

/** What the store knows of a message at the moment of storing it. */
export interface StoredFacts {
  /** A message with the same instance, direction and id is there already. */
  readonly knownId: boolean;
  /**
   * The contact sent the same words within the last DEDUP_TTL, and they still wait for an answer; of
   * a message without an id, also words that were answered since. A store need not look further back
   * than twelve messages.
   */
  readonly repeatedText: boolean;
  /** A message of ours with this id, or an open delivery with this text, exists: it is our own echo. */
  readonly ownEcho: boolean;
  /** The contact's words equal what we last sent to that contact within the last DEDUP_TTL. */
  readonly equalsLastReply: boolean;
  /** A person has taken the conversation over. */
  readonly agentPaused: boolean;
  /** What the contact is known by, the message's own addresses included; it may show one of them alone. */
  readonly addresses: Identity;
}

/** What the owner decided that matters to a message at the moment of storing it. */
export interface StoredScreeningPolicy
  extends Pick<ScreeningPolicy, 'ignoreFromMe'>, Partial<Pick<ScreeningPolicy, 'ignoredContacts'>> {
  readonly takeover: TakeoverPolicy;
}

/**
 * The verdict inside the storing transaction.
 *
 * - `person`: the shop's owner typed it on the phone.
 * - `switch`: the owner typed the word that silences the agent, or lets it answer again.
 * - `keep`: goes to the conversation's history, not answered.
 */
export type StoredScreening =
  | { readonly verdict: 'ignore'; readonly reason: IgnoreReason }
  | { readonly verdict: 'person' }
  | { readonly verdict: 'switch'; readonly agent: keyof AgentWords }
  | { readonly verdict: 'keep'; readonly reason: IgnoreReason }
  | { readonly verdict: 'accept' };

/**
 * From this length on, a customer's text that equals our last one is taken for an echo, as v2.1 did
 * for any length. A shorter one ("Ok!", "Bom dia!") is something people say back.
 */
const ECHO_MIN_LENGTH = 20;

const NOBODY: ReadonlySet<Alias> = new Set();

const CHAT_REASONS = {
  group: 'group',
  status: 'status',
  newsletter: 'newsletter',
  other: 'no_phone_or_text',
} as const;

const KIND_REASONS: Partial<Record<IncomingMessage['kind'], IgnoreReason>> = {
  reaction: 'reaction',
  edit: 'edited',
  revoke: 'revoked',
  empty: 'empty',
  unsupported: 'unsupported',
};

/** Decides what can be decided from the payload and the clock. */
export function screenEvent(event: GatewayEvent, policy: ScreeningPolicy, now: number): Screening {
  switch (event.type) {
    case 'receipt':
      return { verdict: 'ignore', reason: 'receipt' };
    case 'connection':
      return {
        verdict: 'ignore',
        reason: isForeign(event, policy) ? 'other_instance' : 'connection',
      };
    case 'unreadable':
      return { verdict: 'ignore', reason: 'no_phone_or_text' };
    case 'message':
      return screenMessage(event.message, policy, now);
  }
}

/** Decides with what the store knows; called inside the transaction that stores the message. */
export function screenStored(
  message: IncomingMessage,
  facts: StoredFacts,
  policy: StoredScreeningPolicy,
): StoredScreening {
  const isPersons = message.fromMe && policy.ignoreFromMe;
  const reason = reasonByStore(message, facts, policy);
  if (reason !== undefined) return { verdict: 'ignore', reason };
  const agent = message.fromMe ? agentWordIn(message, policy.takeover.words) : undefined;
  if (agent !== undefined) return { verdict: 'switch', agent };
  if (isPersons) return { verdict: 'person' };
  return facts.agentPaused ? { verdict: 'keep', reason: 'agent_paused' } : { verdict: 'accept' };
}

function reasonByStore(
  message: IncomingMessage,
  facts: StoredFacts,
  policy: StoredScreeningPolicy,
): IgnoreReason | undefined {
  const isPersons = message.fromMe && policy.ignoreFromMe;
  const reason = isPersons ? ownReason(facts) : storedReason(message, facts);
  if (reason !== undefined) return reason;
  // Only after the echo: what was sent to an ignored contact is settled by it.
  return isIgnored(facts.addresses, policy.ignoredContacts) ? 'ignored_contact' : undefined;
}

function ownReason({ ownEcho, knownId }: StoredFacts): IgnoreReason | undefined {
  return ownEcho || knownId ? 'own_message' : undefined;
}

function storedReason(message: IncomingMessage, facts: StoredFacts): IgnoreReason | undefined {
  if (facts.ownEcho) return 'echo_recent_outbound';
  if (facts.knownId) return 'duplicate';
  // On the shop's own phone even a short text that equals our last one is that one, coming back.
  const isEcho = message.fromMe || message.text.trim().length >= ECHO_MIN_LENGTH;
  if (facts.equalsLastReply && isEcho) return 'echo_recent_outbound';
  return facts.repeatedText ? 'duplicate' : undefined;
}

function screenMessage(message: IncomingMessage, policy: ScreeningPolicy, now: number): Screening {
  const reason = reasonAgainst(message, policy);
  if (reason !== undefined) return { verdict: 'ignore', reason };
  const isPersons = message.fromMe && policy.ignoreFromMe;
  if (message.kind === 'sticker' && !isPersons) return { verdict: 'keep', reason: 'sticker' };
  const isOld = message.sentAt !== undefined && now - message.sentAt > policy.maxAgeMs;
  return isOld ? { verdict: 'keep', reason: 'too_old' } : { verdict: 'store' };
}

function reasonAgainst(
  message: IncomingMessage,
  policy: ScreeningPolicy,
): IgnoreReason | undefined {
  if (isForeign(message, policy)) return 'other_instance';
  if (message.chat !== 'phone' && message.chat !== 'lid') return CHAT_REASONS[message.chat];
  const reason = KIND_REASONS[message.kind];
  if (reason !== undefined) return reason;
  return hasNothingForStore(message) && isIgnored(message.identity, policy.ignoredContacts)
    ? 'ignored_contact'
    : undefined;
}

/**
 * From a lid beside the phone the store learns whom to ignore when either comes alone, and one of our
 * own messages may be the echo that an unconfirmed send waits for.
 */
function hasNothingForStore({ fromMe, identity }: IncomingMessage): boolean {
  return !fromMe && identity.lid === undefined;
}

function isIgnored(identity: Identity, ignored: ReadonlySet<Alias> = NOBODY): boolean {
  return ignored.size > 0 && aliasesOf(identity).some((alias) => ignored.has(alias));
}

function isForeign(from: { readonly instance?: string }, policy: ScreeningPolicy): boolean {
  return (
    from.instance !== undefined &&
    policy.instance !== undefined &&
    from.instance !== policy.instance
  );
}
