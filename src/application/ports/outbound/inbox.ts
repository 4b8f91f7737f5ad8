import { type ContactId } from '../../../domain/contact.ts';
import { type ReplySource } from '../../../domain/delivery.ts';
import { type Finding } from '../../../domain/facts/fact-lock.ts';
import { type IncomingMessage } from '../../../domain/incoming-message.ts';
import { type IgnoreReason } from '../../../domain/screening.ts';
import { type AgentWords } from '../../../domain/takeover.ts';
import { type Lease, type MessageId, type Turn } from '../../../domain/turn.ts';
import { type TokenUse } from './language-model.ts';

/** A message that screening on the payload let through. */
export interface Arrival {
  readonly message: IncomingMessage;
  /** Set: goes to the history only, and is reported back with this reason. */
  readonly keepOnly?: IgnoreReason;
}

/** What came in one webhook body. */
export interface ArrivalBatch {
  readonly arrivals: readonly Arrival[];
  /** The body as it came, kept once for all of its messages. */
  readonly body: Uint8Array;
}

/** What storing came to, one for each arrival, in their order. */
export type Reception =
  | {
      readonly status: 'accepted';
      readonly contactId: ContactId;
      readonly messageId: MessageId;
      /** In how many ms the burst will be complete if nothing more comes. */
      readonly readyInMs: number;
    }
  | { readonly status: 'ignored'; readonly reason: IgnoreReason; readonly contactId?: ContactId }
  /** The owner typed a word for the agent, and it has been obeyed. */
  | {
      readonly status: 'switched';
      readonly agent: keyof AgentWords;
      readonly contactId: ContactId;
    };

/** How the model came to an answer, kept for every turn. */
export interface TurnRecord {
  readonly model?: string;
  readonly tokensIn?: number;
  readonly tokensCached?: number;
  readonly tokensOut?: number;
  /** In US dollars, where the model's price is known. */
  readonly cost?: number;
  /** How long the model took, ms. */
  readonly modelMs?: number;
  readonly knowledgeVersion?: string;
  readonly passages?: readonly { readonly id: string; readonly score: number }[];
  /** The facts of the last answer that the model gave, each with the source in which it stands. */
  readonly facts?: readonly Finding[];
  readonly verdict?: Verdict;
  /** Set where the texts did not answer the question. */
  readonly unanswered?: true;
  readonly error?: string;
}

/**
 * What the fact lock came to: `passed`, `rewritten` (passed at the second try), or `withheld` (the
 * second try offended too, and the safe answer went out instead).
 */
export type Verdict = 'passed' | 'rewritten' | 'withheld';

/**
 * - `answered`: the model's answer.
 * - `withheld`: the safe answer, in place of one whose facts stand nowhere.
 * - `asked_for_text`: the fixed sentence that asks for words.
 * - `apologised`: the fixed apology, after the model failed.
 * - `silent`: nothing is sent (a brake, or the sentence was sent a short while ago).
 */
export type TurnOutcome = 'answered' | 'withheld' | 'asked_for_text' | 'apologised' | 'silent';

/** All that ends a turn. */
export interface TurnResult {
  readonly outcome: TurnOutcome;
  /** The reply in the parts in which it is sent; empty for `silent`. */
  readonly parts: readonly string[];
  readonly source: ReplySource;
  /** Commit even if newer messages have come in; they become the next turn. */
  readonly evenIfNewer: boolean;
  readonly record: TurnRecord;
  /** Set where every fact of the reply was found in what the model was shown; the history keeps it. */
  readonly approved?: true;
  /** Flags the contact for a person of the business, with the reason. */
  readonly flag?: string;
  /** Remembered in the dedup cache together with the turn. */
  readonly remember?: { readonly key: string; readonly ttlMs: number };
}

/** Why a turn is given back unanswered. */
export type HandBack = 'redo' | 'shutdown' | { readonly laterMs: number };

/** `superseded`: the contact has written more; `lost`: somebody else holds the contact now. */
export type LeaseState = 'held' | 'superseded' | 'lost';

/**
 * Keeps every incoming message until its answer is committed.
 *
 * An implementation survives a restart of the process and is shared by several: at most one holds
 * the running lease of a contact. All its times come from a clock that jumps of the wall clock do not move.
 */
export interface Inbox {
  /**
   * Stores the messages, with their contacts and what they tell about our own sends, in one durable
   * transaction, screening each again with the facts found there.
   *
   * Afterwards an accepted message is on disk and its contact is due when the burst is complete;
   * a message typed by a person of the business stands in the history as theirs, the contact does
   * not wait for a person any more, and the agent is paused for it (unless that is switched off, or
   * the message came too late; and while a send to the contact is under way not before it has
   * ended, since the message may be its echo): unsent replies are cancelled and out of the history, waiting messages
   * count as answered by that person, and a turn that is being answered is lost; a word for the agent
   * has paused or resumed it and is in no history; an echo has settled its delivery. Contacts that
   * turn out to be one person have been joined, and keep the longer pause.
   *
   * @throws StoreUnavailableError after 0.9 s (`WEBHOOK_WITHIN_MS`) at most where nothing can be stored.
   */
  add(batch: ArrivalBatch): Promise<readonly Reception[]>;

  /**
   * Leases at most `limit` contacts whose burst is complete and whom nobody holds, the longest
   * waiting first. All waiting messages of a contact become one turn.
   */
  claimTurns(limit: number): Promise<readonly Turn[]>;

  /** Prolongs the lease, and tells whether the turn is still wanted. A superseded lease is prolonged too. */
  renew(lease: Lease): Promise<LeaseState>;

  /** Whether the turn is still wanted; changes nothing. */
  check(lease: Lease): Promise<LeaseState>;

  /**
   * Ends the turn in one transaction: messages answered, history and record written, reply in the
   * outbox, lease freed. Does nothing when it answers other than `held`.
   */
  commitTurn(lease: Lease, result: TurnResult): Promise<LeaseState>;

  /**
   * Gives the contact back unanswered. `redo`: newer messages came in, the answer starts anew when
   * the burst is complete; `shutdown`: due again at once; `laterMs`: due again after a pause, and
   * counted as an attempt. Does nothing if the lease is lost.
   *
   * @param spent - What the model has used for nothing; it is recorded, and counts towards the day's limit.
   */
  giveBack(lease: Lease, how: HandBack, spent?: TokenUse): Promise<void>;

  /** Ms until the next contact is due; 0 when one is; `undefined` when none waits. */
  nextTurnInMs(): Promise<number | undefined>;

  /** How long the contact that waits longest for an answer has waited, ms; `undefined` when none waits. */
  oldestWaitingMs(): Promise<number | undefined>;

  /** How many messages wait for an answer. */
  depth(): Promise<number>;
}
