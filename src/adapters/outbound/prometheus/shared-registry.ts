import { Gauge, Registry } from 'prom-client';

import { type SharedFigures } from '../../../application/ports/outbound/exposition.ts';
import { named } from './prometheus-metrics.ts';

const SECOND_MS = 1_000;

/** What all processes have in common, each once. */
export function sharedRegistry(shared: SharedFigures, processes: number): Registry {
  const registry = new Registry();
  const { inboxDepth, inboxOldestMs = 0, outboxDepth, connected, sendingPaused } = shared;
  const gauges: readonly (readonly [string, string, number | undefined])[] = [
    ['processes', 'Processes that have written their figures of late', processes],
    ['inbox_depth', 'Messages that wait for an answer', inboxDepth],
    ['inbox_oldest_seconds', 'How long the longest of them has waited', inboxOldestMs / SECOND_MS],
    ['outbox_depth', 'Replies that have not ended', outboxDepth],
    [
      'gateway_connected',
      '1 while the number is connected',
      connected === undefined ? undefined : Number(connected),
    ],
    ['sending_paused', '1 while the gateway refuses the instance', Number(sendingPaused)],
  ];
  for (const [name, help, value] of gauges) {
    if (value !== undefined) new Gauge(named(registry, name, help)).set(value);
  }
  return registry;
}
