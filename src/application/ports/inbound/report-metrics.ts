import { type MetricsPage } from '../outbound/exposition.ts';

/** Tells a monitoring system how all processes together are doing. */
export interface ReportMetrics {
  /** @throws StoreUnavailableError when the figures cannot be put together now. */
  execute(): Promise<MetricsPage>;
}
