import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, type Outcome } from './outcome.ts';
import { measuredLoad, type MeasuredLoad } from './support/measured-load.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { startEcho, startService } from './support/servers.ts';
import {
  type Environment,
  PAUSED_TURNS,
  productionEnvironment,
} from './support/service-environment.ts';
import { median, rounded } from './support/statistics.ts';
import { textMessageBody } from './support/webhook-bodies.ts';

const ROUNDS = 3;
const SECONDS = 4;
const WARM_UP_SECONDS = 2;

/** Linux keeps this folder in memory: the same writes without a disk. */
const MEMORY = '/dev/shm';

/** A message that is read and screened, and of which nothing is kept. */
const REFUSED = {
  body: textMessageBody({
    jid: '120363041234567890@g.us',
    id: '3EB0A1B2C3D4E5F60718',
    text: 'Bom dia! Quanto custa o curso de eletricista, e quando começa a turma da noite?',
  }),
  answer: '{"status":"ignored","reason":"group"}',
};

interface Step {
  readonly name: string;
  readonly run: (folder: string) => Promise<MeasuredLoad>;
}

const QUIET: Environment = { ...PAUSED_TURNS, LOG_LEVEL: 'error' };

/** Each step does what the one before it does, and one thing more. */
const STEPS: readonly Step[] = [
  { name: 'bare echo', run: echoLoad },
  { name: 'read and screened', run: (folder) => serviceLoad(folder, QUIET, REFUSED) },
  { name: '+ stored, in memory', run: (folder) => inMemory(folder) },
  { name: '+ on disk', run: (folder) => serviceLoad(folder, QUIET) },
  { name: '+ logged: the whole ack', run: (folder) => serviceLoad(folder, PAUSED_TURNS) },
];

/** Where the time of an ack goes. */
export async function measureBreakdown(): Promise<Outcome> {
  const loads = STEPS.map((): MeasuredLoad[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, step] of STEPS.entries()) {
      loads[index]?.push(await withScratchFolder((folder) => step.run(folder)));
    }
  }
  return {
    measurement: 'breakdown: where the time of an ack goes',
    figures: STEPS.flatMap(({ name }, index) => figuresOf(name, loads[index] ?? [])),
    notes: [
      `medians of ${ROUNDS} rounds of ${SECONDS} s each; each line does more than the one above it`,
    ],
  };
}

function figuresOf(name: string, loads: readonly MeasuredLoad[]): Figure[] {
  const of = (figure: keyof MeasuredLoad): number =>
    rounded(median(loads.map((load) => load[figure])));
  return [
    { name: `${name}, processor time`, value: of('processorUs'), unit: 'us each' },
    { name: `${name}, rate`, value: of('perSecond'), unit: 'a second' },
  ];
}

async function echoLoad(folder: string): Promise<MeasuredLoad> {
  const server = await startEcho(folder);
  await measuredLoad(server, { seconds: WARM_UP_SECONDS });
  const result = await measuredLoad(server, { seconds: SECONDS });
  await server.stop();
  return result;
}

async function serviceLoad(
  folder: string,
  environment: Environment,
  what: { readonly body?: string; readonly answer?: string } = {},
): Promise<MeasuredLoad> {
  const { server } = await startService({
    folder,
    environment: productionEnvironment(environment),
  });
  await measuredLoad(server, { seconds: WARM_UP_SECONDS, ...what });
  const result = await measuredLoad(server, { seconds: SECONDS, ...what });
  await server.stop();
  return result;
}

async function inMemory(folder: string): Promise<MeasuredLoad> {
  const memory = mkdtempSync(join(MEMORY, 'bench-'));
  try {
    return await serviceLoad(folder, { ...QUIET, DATABASE_URL: `file:${memory}/agent.db` });
  } finally {
    rmSync(memory, { recursive: true, force: true });
  }
}
