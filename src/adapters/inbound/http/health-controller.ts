import { type Request, type Response } from 'express';

import {
  type HealthReport,
  type ReportHealth,
} from '../../../application/ports/inbound/report-health.ts';
import { type HttpSettings } from './http-settings.ts';
import { sendProblem } from './problem-details.ts';

const REFUSALS: ReadonlyMap<HealthReport['shortage'], string> = new Map([
  ['inbox', 'No message is taken: too many wait for an answer.'],
  ['disk', 'No message is taken: the disk has too little room.'],
]);

/** Answers anybody, so it shows no secret, no number, no path and no reason that the gateway gave. */
export class HealthController {
  constructor(
    private readonly reportHealth: ReportHealth,
    private readonly settings: HttpSettings,
  ) {}

  async show(_request: Request, response: Response): Promise<void> {
    const report = await this.reportHealth.execute();
    const { filesSkipped, questionsFailed, changeRefused, ...knowledge } = report.knowledge;
    response.json({
      status: 'ok',
      version: this.settings.version,
      ai_mode: this.settings.aiMode,
      context_loaded: report.contextLoaded,
      mega_configured: this.settings.megaConfigured,
      mega_connected: report.megaConnected ?? null,
      knowledge: {
        ...knowledge,
        files_skipped: filesSkipped,
        questions_failed: questionsFailed,
        change_refused: changeRefused,
      },
      inbox_depth: report.inboxDepth,
      outbox_depth: report.outboxDepth,
      dead_letters: report.deadLetters,
      sending_paused: report.sendingPaused !== undefined,
    });
  }

  showLive(_request: Request, response: Response): void {
    response.json({ status: 'ok' });
  }

  async showReady(request: Request, response: Response): Promise<void> {
    // A store that cannot be asked is the very case that this route is there to tell.
    const report = await this.reportHealth.execute().catch(() => undefined);
    if (report?.ready === true) response.json({ status: 'ready' });
    else
      sendProblem(request, response, {
        status: 503,
        detail: REFUSALS.get(report?.shortage) ?? 'This process cannot take messages now.',
        headers: { 'Retry-After': '1' },
      });
  }
}
