import { Registry } from 'prom-client';
import { PrometheusExposition } from '../../adapters/outbound/prometheus/prometheus-exposition.ts';
import { PrometheusMeter } from '../../adapters/outbound/prometheus/prometheus-meter.ts';
import { EventLoopWatch } from '../../adapters/outbound/system/event-loop-watch.ts';
import { type Store } from '../../application/ports/outbound/store.ts';
import {
  ReportMetricsUseCase,
  type ReportMetricsPorts,
} from '../../application/use-cases/report-metrics.ts';
import { TOKENS } from './tokens.ts';
import { type Wiring } from './wiring.ts';

/** What is measured, and how it is told. */
export function bindMetrics(wiring: Wiring, { snapshots }: Pick<Store, 'snapshots'>): void {
  const registry = new Registry();
  wiring.bindValue(TOKENS.meter, new PrometheusMeter(registry));
  wiring.bindValue(TOKENS.exposition, new PrometheusExposition(registry, snapshots));
  wiring.bindClass(TOKENS.eventLoopWatch, EventLoopWatch, TOKENS.clock, TOKENS.meter);
  const { inbox, outbox, deadLetters, instances, exposition } = TOKENS;
  wiring.bindPorts(
    TOKENS.reportMetrics,
    (ports: ReportMetricsPorts) => new ReportMetricsUseCase(ports),
    { inbox, outbox, deadLetters, instances, exposition },
  );
}
