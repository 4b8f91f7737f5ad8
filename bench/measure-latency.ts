import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome } from './outcome.ts';
import { applyLoad, CONNECTIONS, type LoadResult } from './support/load.ts';
import { inProject } from './support/paths.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { startService } from './support/servers.ts';
import { PAUSED_TURNS, productionEnvironment } from './support/service-environment.ts';
import { rounded } from './support/statistics.ts';

const RATE = 500;
const SECONDS = 20;
const WARM_UP_SECONDS = 3;

interface LoopDelay {
  readonly p99: number;
  readonly worst: number;
}

/** How long a sender waits for the durable ack at a steady rate, and how late the event loop comes round. */
export function measureLatency(): Promise<Outcome> {
  return withScratchFolder(async (folder) => {
    const loopFile = join(folder, 'event-loop.json');
    const { server } = await startService({
      folder,
      environment: { ...productionEnvironment(PAUSED_TURNS), EVENT_LOOP_FILE: loopFile },
      nodeFlags: ['--import', inProject('bench/support/event-loop-watch.ts')],
    });
    await applyLoad({ url: server.url, seconds: WARM_UP_SECONDS, rate: RATE });
    process.kill(server.pid, 'SIGUSR2');
    const result = await applyLoad({ url: server.url, seconds: SECONDS, rate: RATE });
    await server.stop();
    return outcomeOf(result, JSON.parse(readFileSync(loopFile, 'utf8')) as LoopDelay);
  });
}

function outcomeOf({ perSecond, p50, p99, worst }: LoadResult, loop: LoopDelay): Outcome {
  return {
    measurement: `latency: the durable ack at ${RATE} messages a second`,
    figures: [
      { name: 'p99', value: p99, unit: 'ms', bar: { atMost: 100 } },
      { name: 'p50', value: p50, unit: 'ms' },
      { name: 'worst', value: worst, unit: 'ms' },
      { name: 'acknowledged', value: rounded(perSecond), unit: 'a second' },
      { name: 'event loop late, p99', value: rounded(loop.p99, 1), unit: 'ms' },
      { name: 'event loop late, worst', value: rounded(loop.worst, 1), unit: 'ms' },
    ],
    notes: [
      `${SECONDS} s; autocannon sends each second's share over ${CONNECTIONS} connections at the second's beginning`,
    ],
  };
}
