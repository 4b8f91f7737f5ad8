import { type Brand } from './brand.ts';
import { type ContactId, type Jid } from './contact.ts';

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
}

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
  readonly createdAt: number;
  readonly startedAt: number;
}

/** Where a reply goes after an attempt. */
export type AfterAttempt =
  | { readonly state: 'sent'; readonly gatewayId: string }
  | { readonly state: 'pending'; readonly notBefore: number; readonly blocked: boolean }
  | { readonly state: 'unknown'; readonly resolveAfter: number }
  | { readonly state: 'failed' };

/** How long a reply that was certainly not sent is tried again, ms. */
const DELIVERY_LIFETIME_MS = 24 * 3_600_000;

/** How long a refused instance is left alone before one reply probes it, ms. */
export const BLOCKED_PAUSE_MS = 60_000;

/** How long an unconfirmed send waits for its echo, ms from its start. */
export const ECHO_WINDOW_MS = 15_000;

/** A `sending` row older than this, ms, has lost its process: a send itself takes 10 s at most. */
export const SENDING_LEASE_MS = 12_000;

/** An unconfirmed send is repeated so often at most. */
const MAX_RESENDS = 1;

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 300_000;

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
      return { state: 'unknown', resolveAfter: facts.startedAt + ECHO_WINDOW_MS };
    case 'blocked':
      return { state: 'pending', notBefore: now, blocked: true };
    case 'not_sent': {
      if (now - facts.createdAt >= DELIVERY_LIFETIME_MS) return { state: 'failed' };
      // The gateway may ask for more patience than ours, never for less: "0" would be a hot loop.
      const wait = Math.max(outcome.retryAfterMs ?? 0, retryDelay(facts.attempt));
      return { state: 'pending', notBefore: now + wait, blocked: false };
    }
  }
}

/** Whether an attempt may still change a reply in this state. That it was sent is believed even late. */
export function mayStillChange(state: DeliveryState, outcome: SendOutcome): boolean {
  switch (state) {
    case 'sending':
    case 'unknown':
      return true;
    case 'pending':
    case 'held':
    case 'failed':
      return outcome.kind === 'sent';
    case 'sent':
    case 'cancelled':
      return false;
  }
}

/** The state of an unconfirmed reply whose echo window has passed. */
export function afterEchoWindow(resends: number): 'pending' | 'failed' {
  return resends < MAX_RESENDS ? 'pending' : 'failed';
}

function retryDelay(attempt: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, attempt - 1), LONGEST_RETRY_MS);
}
