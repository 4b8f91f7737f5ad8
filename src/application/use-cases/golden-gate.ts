import { type Today } from '../../domain/facts/fact.ts';
import { examine, type ExaminedSource, passageSource } from '../../domain/facts/source.ts';
import { checkQuestion } from '../../domain/knowledge/golden-check.ts';
import {
  type GoldenQuestion,
  readQuestions,
  type ReadQuestions,
} from '../../domain/knowledge/golden-questions.ts';
import { type GoldenReport, NO_QUESTIONS } from '../../domain/knowledge/golden-report.ts';
import { type OwnerNotice } from '../../domain/knowledge/owner-notice.ts';
import { type Passage } from '../../domain/knowledge/passage.ts';
import { localDay } from '../../domain/prompt.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import {
  type AskedCorpus,
  type KnowledgeGate,
  type KnowledgeTrial,
} from '../ports/outbound/knowledge-store.ts';
import { type Logger } from '../ports/outbound/logger.ts';

export interface GoldenGateSettings {
  /** KNOWLEDGE_GATE: whether a change that breaks an answer is served all the same. */
  readonly mode: 'warn' | 'block';
  readonly timeZone: string;
}

/** One costs some 3 ms, and 40 ms in the largest corpus. */
const MAX_QUESTIONS = 500;

/** How many failures are logged one by one; `/reload-context` shows them all. */
const LOGGED = 20;

/** Holds each state of the corpus against the owner's golden questions before it is served. */
export class GoldenGate {
  #report: GoldenReport = NO_QUESTIONS;

  constructor(
    private readonly ports: { readonly clock: Pick<Clock, 'now'>; readonly logger: Logger },
    private readonly settings: GoldenGateSettings,
  ) {}

  /** What the last state of the files came to. */
  get report(): GoldenReport {
    return this.#report;
  }

  /**
   * In `block` mode a change is refused where an answer that is right in what is served would become
   * wrong. What is wrong there already is no reason to keep it, so the first state is always served,
   * and a half mended folder as well.
   */
  readonly admit: KnowledgeGate = async (trial) => {
    const { questions, mistakes } = this.#read(trial);
    const today = localDay(this.ports.clock.now(), this.settings.timeZone);
    const candidate = new QuestionedCorpus(trial.candidate, today);
    const served = trial.served && new QuestionedCorpus(trial.served, today);
    const failures: OwnerNotice[] = [];
    let failed = 0;
    let isWorse = false;
    for (const question of questions) {
      const found = await candidate.failuresOf(question);
      failures.push(...found);
      if (found.length > 0) {
        failed += 1;
        isWorse ||= await breaks(question, found, served);
      }
    }
    const refused = isWorse && this.settings.mode === 'block';
    this.#report = { questions: questions.length, failed, failures, mistakes, refused };
    this.#tell(trial.served === undefined);
    return !refused;
  };

  #read({ questions: files }: KnowledgeTrial): ReadQuestions {
    const read = files.map(readQuestions);
    const questions = read.flatMap((file) => file.questions);
    const mistakes = read.flatMap((file) => file.mistakes);
    const beyond = questions[MAX_QUESTIONS];
    if (beyond === undefined) return { questions, mistakes };
    const { file, line } = beyond;
    const message = `só as primeiras ${MAX_QUESTIONS} perguntas são conferidas; daqui em diante, nenhuma: apague as que se repetem`;
    return {
      questions: questions.slice(0, MAX_QUESTIONS),
      mistakes: [...mistakes, { file, line, message }],
    };
  }

  #tell(isFirst: boolean): void {
    const { logger } = this.ports;
    const { questions, failed, failures, mistakes, refused } = this.#report;
    for (const { file, line, message } of mistakes.slice(0, LOGGED)) {
      logger.warn('golden questions not understood', { file, line, reason: message });
    }
    for (const { file, line, message } of failures.slice(0, LOGGED)) {
      logger.warn('golden question failed', { file, line, reason: message });
    }
    if (failed === 0) return;
    const isBlocking = this.settings.mode === 'block';
    if (refused) {
      logger.error('knowledge change refused, the old one stays', {
        questions,
        failed,
        hint: 'mend the file or the question; KNOWLEDGE_GATE=warn serves such changes all the same',
      });
    } else if (isBlocking && isFirst) {
      logger.error('knowledge served although golden questions fail', {
        questions,
        failed,
        hint: 'nothing older is there to be kept at a start; mend the files',
      });
    } else {
      logger.warn('knowledge served although golden questions fail', { questions, failed });
    }
  }
}

/** A corpus of which several questions are asked; each passage is read for its facts once. */
class QuestionedCorpus {
  readonly #always: readonly Passage[];
  readonly #examined = new Map<string, ExaminedSource>();

  constructor(
    private readonly corpus: AskedCorpus,
    private readonly today: Today,
  ) {
    this.#always = corpus.shownAlways();
  }

  async failuresOf(question: GoldenQuestion): Promise<readonly OwnerNotice[]> {
    const best = await this.corpus.best(question.question);
    return checkQuestion(question, {
      best,
      rest: this.#always,
      today: this.today,
      examined: (passage) => this.#examine(passage),
      textOf: (document) => this.corpus.textOf(document),
    });
  }

  #examine(passage: Passage): ExaminedSource {
    const known = this.#examined.get(passage.id);
    if (known !== undefined) return known;
    const examined = examine(passageSource(passage), this.today);
    this.#examined.set(passage.id, examined);
    return examined;
  }
}

/** Whether an expectation fails that what is served fulfils. */
async function breaks(
  question: GoldenQuestion,
  failures: readonly OwnerNotice[],
  served: QuestionedCorpus | undefined,
): Promise<boolean> {
  if (served === undefined) return false;
  const before = new Set((await served.failuresOf(question)).map(({ line }) => line));
  return failures.some(({ line }) => !before.has(line));
}
