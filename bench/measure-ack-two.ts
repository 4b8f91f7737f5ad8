import { setTimeout as sleep } from 'node:timers/promises';
import { type Outcome } from './outcome.ts';
import { AckPairs, storedIn } from './support/ack-pairs.ts';
import { type ChildServer } from './support/child-server.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { startCluster, startEcho } from './support/servers.ts';
import { PAUSED_TURNS, productionEnvironment } from './support/service-environment.ts';

const PROCESSES = 2;
const START_DEADLINE_MS = 20_000;
const POLL_MS = 20;

/** How many messages a second two processes on one SQLite file make durable, beside one bare Express 5. */
export function measureAckTwo(runs?: number): Promise<Outcome> {
  return withScratchFolder(async (folder) => {
    const echo = await startEcho(folder);
    const cluster = await startCluster({
      folder,
      // As the systemd unit has it: each process takes its connections itself.
      environment: {
        ...productionEnvironment(PAUSED_TURNS),
        WEB_CONCURRENCY: String(PROCESSES),
        NODE_CLUSTER_SCHED_POLICY: 'none',
      },
    });
    const pids = await pidsOf(cluster);
    const pairs = await AckPairs.measure(echo, { url: cluster.url, pids }, runs);
    await Promise.all([echo.stop(), cluster.stop()]);
    return {
      measurement:
        'ack-two: messages made durable by two processes on SQLite, beside one bare Express 5',
      figures: pairs.figures(storedIn(folder)),
      notes: [
        pairs.note,
        'the processor time is that of both processes, the rate what the machine has cores for',
      ],
    };
  });
}

/** The processes of the cluster, once all of them serve. */
async function pidsOf(cluster: ChildServer): Promise<readonly number[]> {
  const deadline = performance.now() + START_DEADLINE_MS;
  for (;;) {
    const started = cluster.log.split('\n').filter((line) => line.includes('"service started"'));
    const pids = started.map((line) => Number(/"pid":(\d+)/u.exec(line)?.[1]));
    if (pids.length >= PROCESSES) return pids;
    if (performance.now() > deadline) throw new Error(`${pids.length} processes started`);
    await sleep(POLL_MS);
  }
}
