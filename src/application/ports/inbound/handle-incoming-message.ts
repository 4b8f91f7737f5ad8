import { type Turn } from '../../../domain/turn.ts';
import { type TurnOutcome } from '../outbound/inbox.ts';

/** What one turn came to. `redone`: newer messages came in; `lost`: another process holds the contact; `given_back`: shut down. */
export type TurnEnd = TurnOutcome | 'redone' | 'lost' | 'given_back';

/** Answers one turn. */
export interface HandleIncomingMessage {
  /**
   * Leaves the turn either committed with its reply in the outbox, or back in the inbox.
   *
   * @param signal - Aborted at shutdown: the turn is given back.
   */
  execute(turn: Turn, signal: AbortSignal): Promise<TurnEnd>;
}
