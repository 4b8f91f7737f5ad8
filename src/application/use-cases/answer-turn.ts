import { costOf, type ModelPrice } from '../../domain/cost.ts';
import { HISTORY_ENTRIES, type HistoryEntry } from '../../domain/conversation.ts';
import { FactLock, type Finding } from '../../domain/facts/fact-lock.ts';
import { FactReader } from '../../domain/facts/fact-reader.ts';
import { findLeaks, type Inward } from '../../domain/facts/leaks.ts';
import { isUnanswered } from '../../domain/knowledge/health/unanswered.ts';
import { type Grounding } from '../../domain/knowledge/passage.ts';
import { renderKnowledge } from '../../domain/knowledge/rendering.ts';
import { buildInstructions, correction, localDay, localTime, RULES } from '../../domain/prompt.ts';
import { formatForWhatsApp, splitReply } from '../../domain/reply.ts';
import { withoutTeamMark } from '../../domain/team-mark.ts';
import { type Turn } from '../../domain/turn.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type ConversationStore } from '../ports/outbound/conversation-store.ts';
import { type TurnRecord, type Verdict } from '../ports/outbound/inbox.ts';
import { type KnowledgeStore } from '../ports/outbound/knowledge-store.ts';
import {
  LanguageModelError,
  MODEL_WITHIN_MS,
  type LanguageModel,
  type ModelRequest,
  type TokenUse,
} from '../ports/outbound/language-model.ts';
import { buildConversation, questionOf, saidBefore } from './build-conversation.ts';
import { QueryRewording, type QueryRewordingPorts } from './query-rewording.ts';
import { shownSources } from './shown-sources.ts';
import { estimatedUse, type Spending, sumOfUse } from './spending.ts';

export interface AnswerTurnPorts {
  readonly conversations: ConversationStore;
  readonly knowledge: KnowledgeStore;
  readonly model: LanguageModel;
  readonly clock: Clock;
  readonly meter: QueryRewordingPorts['meter'];
}

export interface AnswerTurnSettings {
  readonly timeZone: string;
  /** Whether the model may be asked for an unclear question in other words (QUERY_REWRITE). */
  readonly rewording: boolean;
  /** Absent: no cost is recorded. */
  readonly price?: ModelPrice;
}

/** So many words in a row of the rules, or of the persona, are no chance any more. */
const LEAKED_RULES = 8;
/** A persona may hold a sentence that the agent is meant to say. */
const LEAKED_PERSONA = 12;

/** A reply, and how it came about. With the verdict `withheld` it must not be sent. */
export interface Answer {
  readonly parts: readonly string[];
  readonly record: TurnRecord;
}

/** What the answer is made from and judged by. */
interface Brief {
  readonly request: ModelRequest;
  readonly lock: FactLock;
  readonly inward: readonly Inward[];
}

/** A model's text as it would be sent, with what the fact lock says of it. */
interface Draft {
  readonly text: string;
  readonly facts: readonly Finding[];
  readonly model: string;
}

/** Makes the reply to a turn out of history, knowledge, persona and the model. */
export class AnswerTurn {
  readonly #rewording: QueryRewording;
  readonly #factReader = new FactReader();

  constructor(
    private readonly ports: AnswerTurnPorts,
    private readonly settings: AnswerTurnSettings,
  ) {
    this.#rewording = new QueryRewording(ports);
  }

  /**
   * Asks the model, and once more where its answer says what stands nowhere.
   *
   * @param spending - Holds, at any instant, what was used: an estimate while a call is under way.
   * @returns A reply of at least one part.
   * @throws LanguageModelError when the model gave none.
   */
  async of(turn: Turn, signal: AbortSignal, spending: Spending): Promise<Answer> {
    const { conversations, clock } = this.ports;
    const begunAt = clock.monotonic();
    const entries = await conversations.history(turn.contactId, HISTORY_ENTRIES);
    const grounding = await this.groundingOf(turn, entries, { signal, spending });
    const brief = this.briefFor(turn, entries, grounding);
    const startedAt = clock.monotonic();
    const first = await this.draft(this.within(brief, begunAt), signal, spending);
    const offences = offencesOf(first);
    const last =
      offences.length === 0
        ? first
        : await this.draft(this.within(rewriting(brief, first), begunAt), signal, spending);
    const verdict = verdictOf(first, last);
    const record = {
      ...this.usageOf(last.model, spending.spent),
      modelMs: Math.round(clock.monotonic() - startedAt),
      ...groundingRecord(grounding),
      ...unansweredRecord(brief, last, verdict),
      facts: last.facts,
      verdict,
    };
    return { parts: splitReply(last.text), record };
  }

  /** What the question finds; where that is unclear, together with what the model calls it. */
  private async groundingOf(
    turn: Turn,
    entries: readonly HistoryEntry[],
    { signal, spending }: { readonly signal: AbortSignal; readonly spending: Spending },
  ): Promise<Grounding> {
    const { knowledge } = this.ports;
    const question = questionOf(turn.messages);
    const said = saidBefore(entries, turn.messages);
    const found = await knowledge.find(question, { said });
    if (found.unclear !== true || !this.settings.rewording) return found;
    const conversation = buildConversation(entries, turn.messages);
    const rewording = await this.#rewording.of(conversation, signal, spending);
    return rewording === undefined ? found : knowledge.find(question, { said, rewording });
  }

  /** One call of the model. What was used before counts on. */
  private async draft(
    { request, lock, inward }: Brief,
    signal: AbortSignal,
    spending: Spending,
  ): Promise<Draft> {
    const before = spending.spent;
    spending.spent = sumOfUse(before, estimatedUse(request));
    const answer = await this.ports.model.answer(request, signal).catch((error: unknown) => {
      throw error instanceof LanguageModelError ? withUse(error, before) : error;
    });
    spending.spent = sumOfUse(before, answer);
    // Formatted first: invisible characters in front of the mark would hide it.
    const text = withoutTeamMark(formatForWhatsApp(answer.text)).trim();
    if (text === '') {
      const { tokensIn, tokensCached, tokensOut } = spending.spent;
      const used = { tokensIn, tokensCached, tokensOut };
      throw new LanguageModelError('unusable', 'The answer held nothing that can be sent.', used);
    }
    const facts = [...lock.check(text), ...findLeaks(text, inward)];
    return { text, facts, model: answer.model };
  }

  private briefFor(turn: Turn, entries: readonly HistoryEntry[], grounding: Grounding): Brief {
    const { knowledge, clock } = this.ports;
    const { timeZone } = this.settings;
    const question = questionOf(turn.messages);
    const { persona } = knowledge.current();
    const now = clock.now();
    const instructions = buildInstructions({
      persona,
      knowledge: renderKnowledge(grounding.passages),
      now,
      timeZone,
      ...(turn.name === undefined ? {} : { name: turn.name }),
    });
    const conversation = buildConversation(entries, turn.messages);
    const sources = shownSources({
      grounding,
      persona,
      entries,
      question,
      now: localTime(now, timeZone),
    });
    return {
      request: { instructions, conversation, question, grounding },
      lock: new FactLock(sources, localDay(now, timeZone), this.#factReader),
      inward: [
        { text: RULES, words: LEAKED_RULES },
        { text: persona, words: LEAKED_PERSONA },
      ],
    };
  }

  /** The same request, in what is left of the turn's time: the customer waits through all of its calls. */
  private within({ request, ...rest }: Brief, begunAt: number): Brief {
    const spentMs = this.ports.clock.monotonic() - begunAt;
    const withinMs = Math.max(0, MODEL_WITHIN_MS - spentMs);
    return { request: { ...request, withinMs }, ...rest };
  }

  private usageOf(model: string, { tokensIn, tokensCached, tokensOut }: TokenUse): TurnRecord {
    const { price } = this.settings;
    const use = { tokensIn, tokensCached, tokensOut };
    const cost = price === undefined ? {} : { cost: costOf(use, price) };
    return { model, ...use, ...cost };
  }
}

/** The same request, with what may not be said again. It stands at the end: the cached part stays. */
function rewriting({ request, ...rest }: Brief, draft: Draft): Brief {
  const facts = offencesOf(draft).map(({ text }) => text);
  const instructions = `${request.instructions}\n\n${correction(draft.text, facts)}`;
  return { request: { ...request, instructions }, ...rest };
}

function offencesOf({ facts }: Draft): readonly Finding[] {
  return facts.filter(({ offence }) => offence !== undefined);
}

function verdictOf(first: Draft, last: Draft): Verdict {
  if (offencesOf(last).length > 0) return 'withheld';
  return first === last ? 'passed' : 'rewritten';
}

function withUse({ kind, message, spent }: LanguageModelError, before: TokenUse): Error {
  return new LanguageModelError(kind, message, sumOfUse(before, spent));
}

function unansweredRecord({ request }: Brief, { text }: Draft, verdict: Verdict): TurnRecord {
  const { question, grounding } = request;
  const scores = grounding.passages.map(({ score }) => score);
  const withheld = verdict === 'withheld';
  return isUnanswered({ question, scores, reply: text, withheld }) ? { unanswered: true } : {};
}

function groundingRecord(grounding: Grounding): TurnRecord {
  return {
    knowledgeVersion: grounding.version,
    passages: grounding.passages.map(({ id, score }) => ({ id, score })),
  };
}
