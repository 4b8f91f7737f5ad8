import { type Brand } from './brand.ts';
import { type ContactId, type Jid } from './contact.ts';
import { type EchoEvidence, INGRESS_GAP_MS } from './echo-evidence.ts';

/** The store's own number for one reply to be delivered. */
export type OutboxId = Brand<number, 'OutboxId'>;

/** `agent`: an answer; `manual`: `/send-message`; `fixed`: a set sentence such as the apology. */
export type ReplySource = 'agent' | 'manual' | 'fixed';

/**
 * - `pending`: waits to be sent, or to be sent again.
 * - `sending`: a process has begun a send; durable before the connection opens.
 * - `unknown`: the send may or may not have arrived; waits for its echo.
 * - `held`: it still may or may not have arrived, and is not sent by itself again: a person decides.
 *   It keeps none of the contact's later replies waiting.
 * - `sent`, `failed`, `cancelled`: ended.
 */
export type DeliveryState =
  'pending' | 'sending' | 'unknown' | 'held' | 'sent' | 'failed' | 'cancelled';

/** One attempt at sending one reply. */
export interface Delivery {
  readonly id: OutboxId;
  readonly contactId: ContactId;
  readonly to: Jid;
  readonly text: string;
  /** Which attempt this is, from 1. It is the fencing token of the delivery. */
  readonly attempt: number;
  /** How often it was sent before without it being known whether it arrived. */
  readonly resends: number;
}

/** What becomes of a reply of which nobody can say whether it arrived (SEND_UNKNOWN). */
export type UnknownSendPolicy = 'resend_once' | 'hold';

/**
 * How the uncertainty about a send ended: by what came first, the gateway's `response` or its
 * `echo`; by sending it again (`resent`); with a person (`held`); or with `failed`.
 */
export type SettledBy = 'response' | 'echo' | 'resent' | 'held' | 'failed';

/** What became of one attempt, by what the caller does next. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly gatewayId: string }
  /** Certainly not sent; worth another try. */
  | { readonly kind: 'not_sent'; readonly reason: string; readonly retryAfterMs?: number }
  /** The gateway refuses this instance or its token: nothing can be sent until somebody acts. */
  | { readonly kind: 'blocked'; readonly reason: string }
  /** Refused for what it is; another try would be refused too. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Written to the connection, and no clear answer. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** What the outbox holds about a reply when an attempt ends. */
export interface DeliveryFacts {
  readonly attempt: number;
  /** When it was made, or a person last asked for it to be tried again. */
  readonly triedSince: number;
}

/** What the outbox holds about an unconfirmed reply. */
export interface UnconfirmedFacts {
  readonly startedAt: number;
  readonly resends: number;
  /** Its process did not say how the last send ended. */
  readonly wasInterrupted: boolean;
  /** Comes from the agent while a person has the conversation. */
  readonly isUnwanted: boolean;
}

/** Where a reply goes when the time for its echo is over. */
export type AfterEchoWindow =
  | { readonly state: 'unknown'; readonly resolveAfter: number }
  /** To be sent again; what is unwanted is taken back there. */
  | { readonly state: 'pending' }
  | { readonly state: 'held' };

/** Where a reply goes after an attempt. */
export type AfterAttempt =
  | { readonly state: 'sent'; readonly gatewayId: string }
  | { readonly state: 'pending'; readonly notBefore: number; readonly blocked: boolean }
  /** Waits for its echo from the start of the send on. */
  | { readonly state: 'unknown' }
  | { readonly state: 'failed' };

/** How long a reply that was certainly not sent is tried again, ms. */
const DELIVERY_LIFETIME_MS = 24 * 3_600_000;

/** How long a refused instance is left alone before one reply probes it, ms. */
export const BLOCKED_PAUSE_MS = 60_000;

/** A `sending` row older than this, ms, has lost its process: a send itself takes 10 s at most. */
export const SENDING_LEASE_MS = 12_000;

/** From its claim on a send may begin so late, ms, that it surely ends within the lease. */
const BEGIN_WITHIN_MS = 1_500;

/**
 * What an attempt is worth when its send is to begin.
 *
 * - `current`: it may begin.
 * - `late`: nothing has left, and a send that began now might outlast the lease.
 * - `outdated`: it was given up, or has ended.
 */
export type AttemptStanding = 'current' | 'late' | 'outdated';

/** A send that the gateway left unconfirmed is repeated so often at most. */
const MAX_RESENDS = 1;

/**
 * But so often where the last send is one that its process did not outlive: two kills in the middle of
 * sending must not leave a customer without an answer (measured without echoes: 26 of 2,000 were, after
 * two kills in a row that came just before the posts).
 */
const MAX_INTERRUPTED_RESENDS = 5;

/** What is noted, and shown to the owner, of a send of which its process did not say how it ended. */
export const SEND_INTERRUPTED = 'processo interrompido durante o envio';

/** And of one that this service did not begin in time: nobody has refused it, and it soon begins anew. */
export const SEND_TOO_LATE = 'o envio não começou a tempo';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;

/** @param row - What the outbox holds of the reply; absent: nothing any more. */
export function attemptStanding(
  row:
    | { readonly state: DeliveryState; readonly attempt: number; readonly startedAt: number }
    | undefined,
  attempt: number,
  now: number,
): AttemptStanding {
  if (row?.state !== 'sending' || row.attempt !== attempt) return 'outdated';
  return now - row.startedAt > BEGIN_WITHIN_MS ? 'late' : 'current';
}

/** The state that follows an attempt, at store time `now`. */
export function afterAttempt(
  outcome: SendOutcome,
  facts: DeliveryFacts,
  now: number,
): AfterAttempt {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', gatewayId: outcome.gatewayId };
    case 'rejected':
      return { state: 'failed' };
    case 'unknown':
      return { state: 'unknown' };
    case 'blocked':
      return { state: 'pending', notBefore: now, blocked: true };
    case 'not_sent': {
      if (now - facts.triedSince >= DELIVERY_LIFETIME_MS) return { state: 'failed' };
      // The gateway may ask for more patience than ours, never for less: "0" would be a hot loop.
      const wait = Math.max(outcome.retryAfterMs ?? 0, retryDelay(facts.attempt));
      return { state: 'pending', notBefore: now + wait, blocked: false };
    }
  }
}

/**
 * Whether an attempt may still change a reply in this state. That it was sent is believed even late
 * and of an earlier attempt; anything else only of the latest, while it counts.
 */
export function mayStillChange(
  state: DeliveryState,
  outcome: SendOutcome,
  isLatest: boolean,
): boolean {
  if (outcome.kind === 'sent') return state !== 'sent' && state !== 'cancelled';
  return isLatest && (state === 'sending' || state === 'unknown');
}

/**
 * What follows when no echo of a reply has come in time. The window counts from when echoes could
 * be heard. Silence proves something only where practically every send is echoed; otherwise the
 * policy decides. What was sent again and is unconfirmed still is a person's, unless its process was
 * killed.
 */
export function afterEchoWindow(
  facts: UnconfirmedFacts,
  { windowMs, isReliable, heardSince }: EchoEvidence,
  policy: UnknownSendPolicy,
  now: number,
): AfterEchoWindow {
  if (heardSince === undefined) return { state: 'unknown', resolveAfter: now + INGRESS_GAP_MS };
  const resolveAfter = Math.max(facts.startedAt, heardSince) + windowMs;
  if (resolveAfter > now) return { state: 'unknown', resolveAfter };
  if (facts.isUnwanted) return { state: 'pending' };
  return { state: mayBeSentAgain(facts, isReliable, policy) ? 'pending' : 'held' };
}

function mayBeSentAgain(
  { resends, wasInterrupted }: UnconfirmedFacts,
  isProven: boolean,
  policy: UnknownSendPolicy,
): boolean {
  if (!isProven && policy !== 'resend_once') return false;
  return resends < (wasInterrupted ? MAX_INTERRUPTED_RESENDS : MAX_RESENDS);
}

function retryDelay(attempt: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, attempt - 1), LONGEST_RETRY_MS);
}
