import { Counter, Gauge, Registry } from 'prom-client';

import { type DeadLetterCounts } from '../../../application/ports/outbound/dead-letters.ts';
import { type SharedFigures } from '../../../application/ports/outbound/exposition.ts';
import { type OutboxFigures } from '../../../application/ports/outbound/outbox.ts';
import { named } from './prometheus-metrics.ts';

const SECOND_MS = 1_000;

/** What all processes have in common, each once. */
export function sharedRegistry(shared: SharedFigures, processes: number): Registry {
  const registry = new Registry();
  const { inboxDepth, inboxOldestMs = 0, connected, sendingPaused } = shared;
  const { oldestOpenMs = 0, echoWindowMs, echoCoverage } = shared.outbox;
  const gauges: readonly (readonly [string, string, number | undefined])[] = [
    ['processes', 'Processes that have written their figures of late', processes],
    ['inbox_depth', 'Messages that wait for an answer', inboxDepth],
    ['inbox_oldest_seconds', 'How long the longest of them has waited', inboxOldestMs / SECOND_MS],
    [
      'outbox_oldest_seconds',
      'Age of the oldest reply that has not ended',
      oldestOpenMs / SECOND_MS,
    ],
    ['echo_window_seconds', 'How long a send waits for its echo now', echoWindowMs / SECOND_MS],
    ['echo_coverage_ratio', 'Share of the last sends that were echoed in time', echoCoverage],
    ['gateway_connected', '1 while the number is connected', asNumber(connected)],
    ['sending_paused', '1 while the gateway refuses the instance', asNumber(sendingPaused)],
  ];
  for (const [name, help, value] of gauges) {
    if (value !== undefined) new Gauge(named(registry, name, help)).set(value);
  }
  addEchoDelays(registry, shared.outbox);
  addOutbox(registry, shared.outbox);
  addDeadLetters(registry, shared.deadLetters);
  return registry;
}

function addEchoDelays(registry: Registry, { echoDelays }: OutboxFigures): void {
  if (echoDelays === undefined) return;
  const delay = new Gauge({
    ...named(registry, 'echo_delay_seconds', 'How late the last echoes came'),
    labelNames: ['quantile'],
  });
  delay.set({ quantile: '0.5' }, echoDelays.medianMs / SECOND_MS);
  delay.set({ quantile: '0.99' }, echoDelays.p99Ms / SECOND_MS);
}

function addOutbox(registry: Registry, { replies, settled, duplicates }: OutboxFigures): void {
  const depth = new Gauge({
    ...named(registry, 'outbox_depth', 'Replies that have not ended, by state'),
    labelNames: ['state'],
  });
  for (const [state, count] of Object.entries(replies)) depth.set({ state }, count);
  const sends = new Counter({
    ...named(registry, 'sends_settled_total', 'Sends by how they were settled'),
    labelNames: ['by'],
  });
  for (const [by, count] of Object.entries(settled)) sends.inc({ by }, count);
  new Counter(
    named(registry, 'reply_copies_total', 'Copies that left although one had arrived'),
  ).inc(duplicates);
}

function addDeadLetters(registry: Registry, counts: DeadLetterCounts): void {
  const gauge = new Gauge({
    ...named(registry, 'dead_letters', 'Turns and replies given up that wait for a decision'),
    labelNames: ['kind', 'state'],
  });
  gauge.set({ kind: 'turn', state: 'failed' }, counts.failedTurns);
  gauge.set({ kind: 'reply', state: 'failed' }, counts.failedReplies);
  gauge.set({ kind: 'reply', state: 'held' }, counts.heldReplies);
}

function asNumber(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
