import { type Request, type Response } from 'express';

import { type ReportHealth } from '../../../application/ports/inbound/report-health.ts';
import { type HttpSettings } from './http-settings.ts';
import { sendProblem } from './problem-details.ts';

/** Answers anybody, so it shows no secret, no number, no path and no reason that the gateway gave. */
export class HealthController {
  constructor(
    private readonly reportHealth: ReportHealth,
    private readonly settings: HttpSettings,
  ) {}

  async show(_request: Request, response: Response): Promise<void> {
    const report = await this.reportHealth.execute();
    const { version, documents, passages, filesSkipped } = report.knowledge;
    response.json({
      status: 'ok',
      version: this.settings.version,
      ai_mode: this.settings.aiMode,
      context_loaded: report.contextLoaded,
      mega_configured: this.settings.megaConfigured,
      mega_connected: report.megaConnected ?? null,
      knowledge: { version, documents, passages, files_skipped: filesSkipped },
      inbox_depth: report.inboxDepth,
      outbox_depth: report.outboxDepth,
      sending_paused: report.sendingPaused !== undefined,
    });
  }

  showLive(_request: Request, response: Response): void {
    response.json({ status: 'ok' });
  }

  async showReady(request: Request, response: Response): Promise<void> {
    // A store that cannot be asked is the very case that this route is there to tell.
    const isReady = await this.reportHealth.execute().then(
      ({ ready }) => ready,
      () => false,
    );
    if (isReady) response.json({ status: 'ready' });
    else
      sendProblem(request, response, {
        status: 503,
        detail: 'This process cannot take messages yet.',
        headers: { 'Retry-After': '1' },
      });
  }
}
