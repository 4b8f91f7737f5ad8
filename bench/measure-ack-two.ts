import { type Outcome } from './outcome.ts';
import { AckPairs, storedIn } from './support/ack-pairs.ts';
import { startedProcesses } from './support/cluster-log.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { startCluster, startEcho } from './support/servers.ts';
import { PAUSED_TURNS, productionEnvironment } from './support/service-environment.ts';

const PROCESSES = 2;

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
    const pids = await startedProcesses(cluster, PROCESSES);
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
