import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { existsSync } from 'node:fs';
import { measureAck } from './measure-ack.ts';
import { measureAckPostgres } from './measure-ack-postgres.ts';
import { measureAckTwo } from './measure-ack-two.ts';
import { measureBreakdown } from './measure-breakdown.ts';
import { measureBurst } from './measure-burst.ts';
import { measureClaims } from './measure-claims.ts';
import { measureEventLoop } from './measure-event-loop.ts';
import { measureIdle } from './measure-idle.ts';
import { measureLatency } from './measure-latency.ts';
import { measurePurge } from './measure-purge.ts';
import { measureRecovery } from './measure-recovery.ts';
import { asTable, missedBars, type Outcome } from './outcome.ts';
import { inProject } from './support/paths.ts';

/** Most say themselves how often they run; some take another number. */
type Measurement = (runs?: number) => Promise<Outcome>;

const MEASUREMENTS: ReadonlyMap<string, Measurement> = new Map<string, Measurement>([
  ['ack', measureAck],
  ['latency', measureLatency],
  ['burst', measureBurst],
  ['idle', measureIdle],
  ['event-loop', measureEventLoop],
  ['ack-two', measureAckTwo],
  ['ack-postgres', measureAckPostgres],
  ['purge', measurePurge],
  ['claims', measureClaims],
  ['recovery', measureRecovery],
  ['breakdown', measureBreakdown],
]);

/** What has a bar and takes minutes; the rest runs when it is asked for. */
const ALL = ['ack', 'latency', 'burst', 'idle', 'event-loop', 'purge'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, runs: { type: 'string' } },
});

const RUNS = values.runs === undefined ? undefined : Number(values.runs);
if (RUNS !== undefined && !(Number.isInteger(RUNS) && RUNS > 0)) {
  throw new Error('--runs takes a whole number from 1 on');
}

function say(text: string): void {
  (values.json ? process.stderr : process.stdout).write(`${text}\n`);
}

async function measure(names: readonly string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const name of names) {
    const run = MEASUREMENTS.get(name);
    if (run === undefined) {
      throw new Error(
        `there is no measurement "${name}"; there are ${[...MEASUREMENTS.keys()].join(', ')}`,
      );
    }
    const outcome = await run(RUNS);
    say(asTable([outcome]));
    outcomes.push(outcome);
  }
  return outcomes;
}

if (!existsSync(inProject('dist/main.js'))) throw new Error('run "npm run build" first');
const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}`;
say(`${machine}\n`);
const outcomes = await measure(positionals.length === 0 ? ALL : positionals);
const missed = missedBars(outcomes);
if (values.json) {
  process.stdout.write(
    `${JSON.stringify({ at: new Date().toISOString(), machine, outcomes, missed }, null, 2)}\n`,
  );
}
say(missed.length === 0 ? 'Every bar holds.' : missed.join('\n'));
process.exitCode = missed.length === 0 ? 0 : 1;
