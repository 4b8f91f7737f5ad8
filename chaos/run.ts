import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { asTable, missedBars, type Outcome } from '../bench/outcome.ts';
import { inProject } from '../bench/support/paths.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    list: { type: 'boolean', default: false },
  },
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function scenario(name: string): Scenario {
  const run = SCENARIOS.get(name);
  if (run !== undefined) return run;
  throw new Error(`there is no "${name}"; there are ${[...SCENARIOS.keys()].join(', ')}`);
}

async function runAll(names: readonly string[], seed: number): Promise<void> {
  const runs = names.map((name) => ({ name, run: scenario(name) }));
  const outcomes: Outcome[] = [];
  for (const { name, run } of runs) {
    say(`${name} --seed ${seed}`);
    const outcome = await run(seed);
    say(asTable([outcome]));
    outcomes.push(outcome);
  }
  const missed = missedBars(outcomes);
  say(missed.length === 0 ? 'Every bar holds.' : missed.join('\n'));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

if (values.list) say([...SCENARIOS.keys()].join('\n'));
else if (!existsSync(inProject('dist/main.js'))) throw new Error('run "npm run build" first');
else {
  const names = positionals.length === 0 ? [...SCENARIOS.keys()] : positionals;
  await runAll(names, Number(values.seed));
}
