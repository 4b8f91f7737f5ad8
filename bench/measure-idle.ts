import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, type Outcome } from './outcome.ts';
import { residentMb } from './support/process-figures.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { startByNpm, startService } from './support/servers.ts';
import {
  type Environment,
  productionEnvironment,
  serviceEnvironment,
} from './support/service-environment.ts';
import { median, rounded } from './support/statistics.ts';

const IDLE_MS = 10_000;
const STARTS = 5;

/** What a process holds that has nothing to do, and how soon a new one serves. */
export async function measureIdle(): Promise<Outcome> {
  const stood = [
    await memoryFigure('memory, real configuration', productionEnvironment({})),
    await memoryFigure('memory, dry run and sandbox', serviceEnvironment({})),
  ];
  return {
    measurement: 'idle: memory and start',
    figures: [
      ...stood,
      await startFigure('ready, node dist/main.js', startService),
      await startFigure('ready, npm start', startByNpm),
    ],
    notes: [
      `memory: resident, of the one process, after ${IDLE_MS / 1000} s`,
      `ready: from the spawn to the first 200 of /health/ready, median of ${STARTS}, new database each`,
    ],
  };
}

function memoryFigure(name: string, environment: Environment): Promise<Figure> {
  return withScratchFolder(async (folder) => {
    const { server } = await startService({ folder, environment });
    await sleep(IDLE_MS);
    const value = rounded(residentMb(server.pid));
    await server.stop();
    return { name, value, unit: 'MB', bar: { atMost: 150 } };
  });
}

async function startFigure(name: string, start: typeof startService): Promise<Figure> {
  const times: number[] = [];
  while (times.length < STARTS) times.push(await timeToReady(start));
  return { name, value: rounded(median(times)), unit: 'ms', bar: { atMost: 2_000 } };
}

function timeToReady(start: typeof startService): Promise<number> {
  return withScratchFolder(async (folder) => {
    const { server, ms } = await start({ folder, environment: serviceEnvironment({}) });
    await server.stop();
    return ms;
  });
}
