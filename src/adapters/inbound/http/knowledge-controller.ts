import { type Request, type Response } from 'express';

import { type InspectKnowledge } from '../../../application/ports/inbound/inspect-knowledge.ts';
import { type PreviewKnowledge } from '../../../application/ports/inbound/preview-knowledge.ts';
import { type ReloadKnowledge } from '../../../application/ports/inbound/reload-knowledge.ts';
import {
  type FoundPassage,
  type SearchKnowledge,
} from '../../../application/ports/inbound/search-knowledge.ts';
import { type QueryWord, type SoughtTerm } from '../../../domain/knowledge/query.ts';
import { type GoldenReport } from '../../../domain/knowledge/golden-report.ts';
import { sendFieldProblem, sendProblem } from './problem-details.ts';

const DEFAULT_PREVIEW = 1_500;
const LONGEST_PREVIEW = 8_000;

const DEFAULT_FOUND = 8;
const MOST_FOUND = 40;
const LONGEST_QUERY = 4_000;

/** What the controller drives. */
export interface KnowledgePorts {
  readonly reloadKnowledge: ReloadKnowledge;
  readonly previewKnowledge: PreviewKnowledge;
  readonly searchKnowledge: SearchKnowledge;
  readonly inspectKnowledge: InspectKnowledge;
}

/** Shows the owner what the agent knows. */
export class KnowledgeController {
  constructor(private readonly ports: KnowledgePorts) {}

  async reload(request: Request, response: Response): Promise<void> {
    const { snapshot, changed, failure, golden } =
      await this.ports.reloadKnowledge.execute('request');
    const { version, text, documents, passages, skipped } = snapshot;
    if (failure !== undefined) {
      sendProblem(request, response, {
        status: 500,
        detail: `The knowledge was not reloaded: ${failure}. What was served before is still served.`,
        members: { context_len: text.length, version },
      });
      return;
    }
    if (golden.refused) {
      sendProblem(request, response, {
        status: 409,
        detail: 'The change is not served: golden questions fail that passed before.',
        members: { context_len: text.length, version, questions: shownQuestions(golden) },
      });
      return;
    }
    response.json({
      status: 'ok',
      context_len: text.length,
      version,
      documents,
      passages,
      files_skipped: skipped.map(({ file, reason }) => ({ file, reason })),
      questions: shownQuestions(golden),
      changed,
    });
  }

  async showHealth(_request: Request, response: Response): Promise<void> {
    const { version, notices, golden, unanswered } = await this.ports.inspectKnowledge.execute();
    response.json({
      version,
      notices: notices.map(({ kind, file, line, message }) => ({ kind, file, line, message })),
      questions: { ...shownQuestions(golden), refused: golden.refused },
      unanswered,
    });
  }

  async search(request: Request, response: Response): Promise<void> {
    const { q, k } = request.query;
    const query = typeof q === 'string' && q.length <= LONGEST_QUERY ? q.trim() : '';
    const limit = wholeNumber(k, { low: 1, high: MOST_FOUND, absent: DEFAULT_FOUND });
    if (query === '' || limit === undefined) {
      const errors = [
        ...(query === ''
          ? [{ field: 'q', message: `must be a question, up to ${LONGEST_QUERY} characters` }]
          : []),
        ...(limit === undefined
          ? [{ field: 'k', message: `must be a whole number from 1 to ${MOST_FOUND}` }]
          : []),
      ];
      sendFieldProblem(request, response, errors);
      return;
    }
    const { passages, words, whole, version } = await this.ports.searchKnowledge.execute(
      query,
      limit,
    );
    response.json({
      query,
      version,
      whole_corpus_fits: whole,
      passages: passages.map(shownPassage),
      words: words.map(shownWord),
    });
  }

  preview(request: Request, response: Response): void {
    const length = wholeNumber(request.query['n'], {
      low: 0,
      high: LONGEST_PREVIEW,
      absent: DEFAULT_PREVIEW,
    });
    if (length === undefined) {
      sendFieldProblem(request, response, [
        { field: 'n', message: `must be a whole number from 0 to ${LONGEST_PREVIEW}` },
      ]);
      return;
    }
    const { preview, len, version } = this.ports.previewKnowledge.execute(length);
    response.json({ preview, len, version });
  }
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly absent: number;
}

function wholeNumber(typed: unknown, { low, high, absent }: Range): number | undefined {
  if (typed === undefined) return absent;
  if (typeof typed !== 'string' || !/^\d{1,4}$/u.test(typed)) return undefined;
  const value = Number(typed);
  return value >= low && value <= high ? value : undefined;
}

function shownPassage({ id, document, title, section, score, excerpt }: FoundPassage): object {
  return { id, file: document, title, section, score: rounded(score), excerpt };
}

function shownWord({ word, meant, near }: QueryWord): object {
  return { word, meant: meant.map(shownTerm), near: near.map(shownTerm) };
}

function shownTerm({ word, term, weight, origin }: SoughtTerm): object {
  return { word, term, weight: rounded(weight), origin };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function shownQuestions({ questions, failed, failures, mistakes }: GoldenReport): object {
  return { checked: questions, failed, failures, mistakes };
}
