import { sinceLocalMidnightMs } from '../../domain/prompt.ts';
import { type Turn } from '../../domain/turn.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type ConversationStore } from '../ports/outbound/conversation-store.ts';

export interface BrakeSettings {
  /** Replies to one contact within an hour (REPLIES_PER_HOUR). */
  readonly repliesPerHour: number;
  /** Tokens of all turns within a local day (LLM_DAILY_TOKENS); absent = no limit. */
  readonly dailyTokens?: number;
  readonly timeZone: string;
}

/** A brake that holds, in words for the owner. */
export interface Brake {
  readonly reason: string;
  readonly hint: string;
}

/** Says when it is enough: two bots talking to each other, or a day that costs too much. */
export class TurnBrakes {
  constructor(
    private readonly conversations: ConversationStore,
    private readonly clock: Clock,
    private readonly settings: BrakeSettings,
  ) {}

  /** The brake that holds this turn; `undefined` when it may be answered. */
  async of(turn: Turn): Promise<Brake | undefined> {
    const { repliesPerHour, dailyTokens, timeZone } = this.settings;
    if (turn.repliesLastHour >= repliesPerHour) {
      return {
        reason: `limite de ${repliesPerHour} respostas em uma hora atingido: pode ser outro robô`,
        hint: 'look at the conversation; raise REPLIES_PER_HOUR if it is a customer',
      };
    }
    if (dailyTokens === undefined) return undefined;
    const today = sinceLocalMidnightMs(this.clock.now(), timeZone);
    if ((await this.conversations.tokensWithinMs(today)) < dailyTokens) return undefined;
    return {
      reason: 'limite diário de uso da IA atingido',
      hint: 'nothing is answered until local midnight; raise LLM_DAILY_TOKENS to go on',
    };
  }
}
