import { type SendOutcome } from '../../../domain/delivery.ts';
import { type IgnoreReason } from '../../../domain/screening.ts';
import { type TurnEnd } from '../inbound/handle-incoming-message.ts';
import { type Shortage } from './capacity.ts';
import { type EmbeddingErrorKind } from './embedder.ts';
import { type LanguageModelErrorKind, type TokenUse } from './language-model.ts';

/** `used`: its words were looked for; `failed`: it gave none, or not in time. */
type RewordingOutcome = 'used' | 'failed';

/**
 * Counts and times what happens, for whoever watches the service. It costs next to nothing, never
 * throws and never waits. It is told kinds and durations only: nothing that a customer is or wrote.
 */
export interface Meter {
  /** A message is stored and will be answered. */
  messageAccepted(): void;

  /** Something that a webhook brought is not answered. */
  messageIgnored(reason: IgnoreReason | 'invalid_json'): void;

  /** A webhook's messages were not taken; the gateway is to bring them again. */
  messagesRefused(shortage: Shortage): void;

  /** @param tookMs - From the claim to the end. */
  turnEnded(end: TurnEnd, tookMs: number): void;

  /** Contacts whose lease was another's, who never ended it. */
  leasesTakenOver(count: number): void;

  /** @param tookMs - With all tries and the waits between them. */
  modelAnswered(used: TokenUse, tookMs: number): void;

  /** What a prompt was estimated to cost, and what it did by the provider's own count, in tokens. */
  promptCounted(estimated: number, counted: number): void;

  /** @param tookMs - With all tries and the waits between them. */
  modelFailed(kind: LanguageModelErrorKind, used: TokenUse, tookMs: number): void;

  /** The model was asked for a question in other words. */
  queryReworded(outcome: RewordingOutcome): void;

  /** A call for vectors has ended. */
  embeddingEnded(outcome: 'ok' | EmbeddingErrorKind, tookMs: number, tokens: number): void;

  /** An attempt at sending a reply has ended. */
  sendEnded(outcome: SendOutcome['kind'], tookMs: number): void;

  /** This process serves this state of the knowledge from now on. */
  knowledgeServed(version: string): void;

  /** How much later than it was due this process came to something. */
  eventLoopDelayed(byMs: number): void;
}
