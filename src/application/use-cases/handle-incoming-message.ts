import { TURN_FAILED } from '../../domain/dead-letter.ts';
import { hasWords, MAX_REDOS, reasonToGiveUp, type Turn } from '../../domain/turn.ts';
import {
  type HandleIncomingMessage,
  type TurnEnd,
} from '../ports/inbound/handle-incoming-message.ts';
import { type DedupCache } from '../ports/outbound/dedup-cache.ts';
import { type Inbox, type TurnRecord, type TurnResult } from '../ports/outbound/inbox.ts';
import { LanguageModelError, NO_TOKENS, type TokenUse } from '../ports/outbound/language-model.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type Meter } from '../ports/outbound/meter.ts';
import { type MessagingGateway } from '../ports/outbound/messaging-gateway.ts';
import { StoreUnavailableError } from '../ports/outbound/store-unavailable-error.ts';
import { type WorkSignal } from '../ports/outbound/work-signal.ts';
import { AnswerTurn, type AnswerTurnPorts, type AnswerTurnSettings } from './answer-turn.ts';
import { type Spending } from './spending.ts';
import { type BrakeSettings, TurnBrakes } from './turn-brakes.ts';
import { type Interruption, TurnWatch } from './turn-watch.ts';
import { untilStored } from './until-stored.ts';

export interface HandleIncomingMessagePorts extends AnswerTurnPorts {
  readonly inbox: Inbox;
  readonly gateway: MessagingGateway;
  readonly dedup: DedupCache;
  readonly signal: WorkSignal;
  readonly logger: Logger;
  readonly meter: Pick<Meter, 'turnEnded' | 'leasesTakenOver' | 'queryReworded'>;
}

export interface HandleIncomingMessageSettings extends BrakeSettings, AnswerTurnSettings {
  /** Sent for a turn without words (ASK_FOR_TEXT). */
  readonly askForText: string;
  /** Sent when the model has failed (APOLOGY). */
  readonly apology: string;
  /** Sent in place of an answer that says, twice, what stands nowhere (SAFE_ANSWER). */
  readonly safeAnswer: string;
}

/** The sentence that asks for words goes to one contact at most once in this time, ms. */
const ASK_FOR_TEXT_MS = 600_000;

/** WhatsApp's own typing sign fades by itself; it is shown anew this often, ms. */
const TYPING_MS = 10_000;

/** After an unforeseen error the turn is tried again in this time, ms. */
const RETRY_MS = 5_000;

/** And in this, ms, after the store could not be had: it takes the turn back only once it is there again. */
const AFTER_OUTAGE_MS = 1_000;

type Reply = Omit<TurnResult, 'evenIfNewer'>;

/** Why a turn ends unanswered. */
interface Failure {
  readonly interruption: Interruption | undefined;
  readonly error: unknown;
}

export class HandleIncomingMessageUseCase implements HandleIncomingMessage {
  readonly #answers: AnswerTurn;
  readonly #brakes: TurnBrakes;

  constructor(
    private readonly ports: HandleIncomingMessagePorts,
    private readonly settings: HandleIncomingMessageSettings,
  ) {
    this.#answers = new AnswerTurn(ports, settings);
    this.#brakes = new TurnBrakes(ports.conversations, ports.clock, settings);
  }

  async execute(turn: Turn, shutdown: AbortSignal): Promise<TurnEnd> {
    const { clock, meter } = this.ports;
    const startedAt = clock.monotonic();
    if (turn.takenOver) meter.leasesTakenOver(1);
    const end = await this.answer(turn, shutdown);
    meter.turnEnded(end, clock.monotonic() - startedAt);
    return end;
  }

  private async answer(turn: Turn, shutdown: AbortSignal): Promise<TurnEnd> {
    const watch = new TurnWatch(turn, this.ports.inbox, this.ports.clock, shutdown);
    const spending: Spending = { spent: NO_TOKENS };
    try {
      const reply = await this.replyTo(turn, watch.signal, spending);
      return await this.commit(turn, reply, spending, shutdown);
    } catch (error) {
      const failure = { interruption: watch.interruption, error };
      return await this.giveUp(turn, failure, spending, shutdown);
    } finally {
      watch.stop();
    }
  }

  private async replyTo(turn: Turn, signal: AbortSignal, spending: Spending): Promise<Reply> {
    const error = reasonToGiveUp(turn);
    if (error !== undefined) return this.apology(turn, { error });
    const brake = await this.#brakes.of(turn);
    if (brake !== undefined) {
      this.ports.logger.warn('contact left unanswered', { ...idsOf(turn), hint: brake.hint });
      return { ...silent(), flag: brake.reason };
    }
    if (!hasWords(turn.messages)) return this.askForText(turn);
    return this.modelReply(turn, signal, spending);
  }

  private async askForText(turn: Turn): Promise<Reply> {
    const key = `ask-for-text:${turn.contactId}`;
    if (await this.ports.dedup.has(key)) return silent();
    return {
      outcome: 'asked_for_text',
      parts: [this.settings.askForText],
      source: 'fixed',
      record: {},
      remember: { key, ttlMs: ASK_FOR_TEXT_MS },
    };
  }

  private async modelReply(turn: Turn, signal: AbortSignal, spending: Spending): Promise<Reply> {
    const typing = new AbortController();
    void this.keepTyping(turn, typing.signal);
    try {
      const answer = await this.#answers.of(turn, signal, spending);
      return answer.record.verdict === 'withheld'
        ? this.safeAnswer(turn, answer.record)
        : { outcome: 'answered', source: 'agent', approved: true, ...answer };
    } catch (error) {
      if (!(error instanceof LanguageModelError) || signal.aborted) throw error;
      return this.apology(turn, { error: `${error.kind}: ${error.message}`, ...error.spent });
    } finally {
      typing.abort();
    }
  }

  private async keepTyping(turn: Turn, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.ports.gateway.showTyping(turn.replyTo);
      await this.ports.clock.sleep(TYPING_MS, signal);
    }
  }

  private apology(turn: Turn, record: TurnRecord): Reply {
    this.ports.logger.error('answer failed, apology sent instead', {
      ...idsOf(turn),
      error: record.error,
      hint: 'GET /dead-letters lists it; it can be answered anew from there',
    });
    return {
      outcome: 'apologised',
      parts: [this.settings.apology],
      source: 'fixed',
      record,
      flag: TURN_FAILED,
    };
  }

  private safeAnswer(turn: Turn, record: TurnRecord): Reply {
    const offences = (record.facts ?? []).filter(({ offence }) => offence !== undefined);
    this.ports.logger.warn('answer withheld, safe answer sent instead', {
      ...idsOf(turn),
      offences: offences.map(({ kind, offence }) => `${kind}: ${offence}`).slice(0, 9),
      hint: 'what the customer asked for may be missing in the knowledge; the contact waits for a person',
    });
    const named = offences.map(({ text }) => text.slice(0, 40)).slice(0, 3);
    return {
      outcome: 'withheld',
      parts: [this.settings.safeAnswer],
      source: 'fixed',
      record,
      flag: `a IA ia dizer o que não está nos textos: ${named.join(', ')}`,
    };
  }

  private async commit(
    turn: Turn,
    reply: Reply,
    { spent }: Spending,
    shutdown: AbortSignal,
  ): Promise<TurnEnd> {
    const { inbox, signal, logger } = this.ports;
    const result = { ...reply, evenIfNewer: turn.redo >= MAX_REDOS };
    const state = await this.stored(turn, () => inbox.commitTurn(turn.lease, result), shutdown);
    if (state === 'lost') return this.reportLost(turn);
    if (state === 'superseded') return this.redo(turn, spent, shutdown);
    signal.raise('deliveries');
    signal.raise('turns');
    const { model, modelMs, tokensIn, tokensOut, verdict } = reply.record;
    logger.info('turn committed', {
      ...idsOf(turn),
      outcome: reply.outcome,
      parts: reply.parts.length,
      model,
      modelMs,
      tokensIn,
      tokensOut,
      verdict,
    });
    return reply.outcome;
  }

  private async giveUp(
    turn: Turn,
    { interruption, error }: Failure,
    { spent }: Spending,
    shutdown: AbortSignal,
  ): Promise<TurnEnd> {
    const { inbox, logger } = this.ports;
    switch (interruption) {
      case 'lost':
        return this.reportLost(turn);
      case 'superseded':
        return this.redo(turn, spent, shutdown);
      case 'shutdown':
        await inbox.giveBack(turn.lease, 'shutdown', spent);
        logger.info('turn given back', idsOf(turn));
        return 'given_back';
      case undefined: {
        logger.error('turn failed, tried again soon', { ...idsOf(turn), error });
        const laterMs = error instanceof StoreUnavailableError ? AFTER_OUTAGE_MS : RETRY_MS;
        await this.stored(turn, () => inbox.giveBack(turn.lease, { laterMs }, spent), shutdown);
        return 'given_back';
      }
    }
  }

  /** An answer that the store cannot take is not asked for again, nor does its contact wait for the lease to lapse. */
  private stored<T>(turn: Turn, write: () => Promise<T>, shutdown: AbortSignal): Promise<T> {
    const { clock, logger } = this.ports;
    let isTold = false;
    const onRefusal = (error: StoreUnavailableError): void => {
      const hint = 'tried again until the store takes it; check the database';
      if (!isTold) logger.error('turn not stored', { ...idsOf(turn), error, hint });
      isTold = true;
    };
    return untilStored(write, { clock, onRefusal, until: shutdown });
  }

  private async redo(turn: Turn, spent: TokenUse, shutdown: AbortSignal): Promise<TurnEnd> {
    const { inbox, signal, logger } = this.ports;
    await this.stored(turn, () => inbox.giveBack(turn.lease, 'redo', spent), shutdown);
    signal.raise('turns');
    logger.info('turn begun anew', { ...idsOf(turn), redo: turn.redo + 1 });
    return 'redone';
  }

  private reportLost(turn: Turn): TurnEnd {
    this.ports.logger.warn('turn lost to another process or to a person', idsOf(turn));
    return 'lost';
  }
}

function silent(): Reply {
  return { outcome: 'silent', parts: [], source: 'fixed', record: {} };
}

function idsOf(turn: Turn): { contactId: number; messageIds: number[] } {
  return { contactId: turn.contactId, messageIds: turn.messages.map(({ id }) => id) };
}
