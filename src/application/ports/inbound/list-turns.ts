import { type EndedTurn, type TurnFilter } from '../outbound/conversation-store.ts';

/** The newest turns, with what each answer stated and where it stands. */
export interface ListTurns {
  execute(filter: TurnFilter): Promise<readonly EndedTurn[]>;
}
