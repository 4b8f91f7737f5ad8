import { type Request, type Response } from 'express';

import { type ReportMetrics } from '../../../application/ports/inbound/report-metrics.ts';

/** Shows a monitoring system what was measured. */
export class MetricsController {
  constructor(private readonly reportMetrics: ReportMetrics) {}

  async show(_request: Request, response: Response): Promise<void> {
    const { contentType, text } = await this.reportMetrics.execute();
    response.set('Content-Type', contentType).send(text);
  }
}
