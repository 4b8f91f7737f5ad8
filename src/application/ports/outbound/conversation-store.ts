import { type ContactId, type Identity } from '../../../domain/contact.ts';
import { type HistoryEntry } from '../../../domain/conversation.ts';
import { type Pause } from '../../../domain/takeover.ts';
import { type TurnOutcome, type TurnRecord, type Verdict } from './inbox.ts';

/** One conversation in figures. */
export interface ConversationSummary {
  readonly contactId: ContactId;
  /** The phone digits as received, else the lid with its server. */
  readonly number: string;
  readonly messages: number;
  /** Set when the contact waits for a person of the business. */
  readonly person?: { readonly reason: string; readonly since: number };
  /** Set while a person has taken the conversation over. */
  readonly pause?: Pause;
}

/** Which turns are asked for. */
export interface TurnFilter {
  readonly limit: number;
  readonly contactId?: ContactId;
  readonly verdict?: Verdict;
}

/** A turn that has ended, and how the model came to its answer. */
export interface EndedTurn {
  readonly turnId: number;
  readonly contactId: ContactId;
  /** The phone digits as received, else the lid with its server. */
  readonly number: string;
  /** Store time, ms. */
  readonly endedAt: number;
  readonly outcome: TurnOutcome;
  readonly record: TurnRecord;
}

/** What was said with each contact, and what it cost. */
export interface ConversationStore {
  /** The newest `limit` entries, oldest first, without the messages that wait for an answer. */
  history(contactId: ContactId, limit: number): Promise<readonly HistoryEntry[]>;

  /** Forgets what was said; nothing else. @returns Whether the contact is known. */
  reset(identity: Identity): Promise<boolean>;

  /** Every conversation that has history, waits for a person or is paused. */
  summaries(): Promise<readonly ConversationSummary[]>;

  /** The newest turns that ended with an outcome, the newest first. */
  turns(filter: TurnFilter): Promise<readonly EndedTurn[]>;

  /** Tokens that turns ended within the last `ms` have used, in and out. */
  tokensWithinMs(ms: number): Promise<number>;
}
