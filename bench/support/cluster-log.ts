import { setTimeout as sleep } from 'node:timers/promises';
import { type ChildServer } from './child-server.ts';

const START_DEADLINE_MS = 20_000;
const POLL_MS = 20;

/** The process behind each line of an event in a log of production, in the log's order. */
export function pidsOf(log: string, event: string): readonly number[] {
  return log
    .split('\n')
    .filter((line) => line.includes(`"event":"${event}"`))
    .map((line) => Number(/"pid":(\d+)/u.exec(line)?.[1]));
}

/**
 * The processes of a cluster, once so many serve.
 *
 * @throws Error when they do not within 20 s.
 */
export async function startedProcesses(
  cluster: ChildServer,
  count: number,
): Promise<readonly number[]> {
  const deadline = performance.now() + START_DEADLINE_MS;
  for (;;) {
    const pids = pidsOf(cluster.log, 'service started');
    if (pids.length >= count) return pids;
    if (performance.now() > deadline) throw new Error(`${pids.length} processes started`);
    await sleep(POLL_MS);
  }
}
