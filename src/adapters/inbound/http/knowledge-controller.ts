import { type Request, type Response } from 'express';

import { type PreviewKnowledge } from '../../../application/ports/inbound/preview-knowledge.ts';
import { type ReloadKnowledge } from '../../../application/ports/inbound/reload-knowledge.ts';
import { sendFieldProblem, sendProblem } from './problem-details.ts';

const DEFAULT_PREVIEW = 1_500;
const LONGEST_PREVIEW = 8_000;

/** Shows the owner what the agent knows. */
export class KnowledgeController {
  constructor(
    private readonly reloadKnowledge: ReloadKnowledge,
    private readonly previewKnowledge: PreviewKnowledge,
  ) {}

  async reload(request: Request, response: Response): Promise<void> {
    const { snapshot, changed, failure } = await this.reloadKnowledge.execute('request');
    const { version, text, documents, passages, skipped } = snapshot;
    if (failure !== undefined) {
      sendProblem(request, response, {
        status: 500,
        detail: `The knowledge was not reloaded: ${failure}. What was served before is still served.`,
        members: { context_len: text.length, version },
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
      changed,
    });
  }

  preview(request: Request, response: Response): void {
    const length = previewLength(request.query['n']);
    if (length === undefined) {
      sendFieldProblem(request, response, [
        { field: 'n', message: `must be a whole number from 0 to ${LONGEST_PREVIEW}` },
      ]);
      return;
    }
    const { preview, len, version } = this.previewKnowledge.execute(length);
    response.json({ preview, len, version });
  }
}

function previewLength(typed: unknown): number | undefined {
  if (typed === undefined) return DEFAULT_PREVIEW;
  if (typeof typed !== 'string' || !/^\d{1,4}$/u.test(typed)) return undefined;
  const length = Number(typed);
  return length <= LONGEST_PREVIEW ? length : undefined;
}
