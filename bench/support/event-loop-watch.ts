import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into the measured process before everything else: watches how late its event loop comes
 * round, from the last SIGUSR2 on, and writes `{"p99","worst"}` in ms to EVENT_LOOP_FILE at its end.
 */
const RESOLUTION_MS = 2;
const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
histogram.enable();
process.on('SIGUSR2', () => {
  histogram.reset();
});
process.on('exit', () => {
  // The histogram holds whole rounds; a punctual one takes as long as the resolution.
  const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  writeFileSync(
    process.env['EVENT_LOOP_FILE'] ?? '/dev/null',
    JSON.stringify({ p99: late(histogram.percentile(99)), worst: late(histogram.max) }),
  );
});
