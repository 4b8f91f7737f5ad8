import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { measureFollowUps, measureOtherTalk } from './measure-follow-ups.ts';
import { measurePrompts } from './measure-prompts.ts';
import { measureRetrievalScale } from './measure-retrieval-scale.ts';
import { asTable, missedBars, type Outcome } from './outcome.ts';
import { askAll, type Indexed, indexPassages, settledMb } from './support/ranked-corpus.ts';
import { readCorpus, readQuestions } from './support/retrieval-data.ts';
import {
  meanQuality,
  percentile,
  type Quality,
  QUALITY_HEADING,
  qualityLine,
  qualityOf,
  type Run,
} from './support/retrieval-metrics.ts';
import { rounded } from './support/statistics.ts';

const USAGE = `npm run bench:retrieval -- --corpus corpus.jsonl --queries queries.jsonl [--out run.jsonl]
npm run bench:retrieval -- --dev folder
npm run bench:retrieval -- --scale 100000 --corpus corpus.jsonl --queries queries.jsonl
npm run bench:retrieval -- --prompts data`;

const SETS = ['faquad', 'squadpt', 'pira', 'tais', 'loja'];
const CLEAN = 'queries.jsonl';
const NOISY = 'queries.noisy.jsonl';
const DEV_BARS = { clean: { r1: 75, r5: 90.5 }, noisy: { r1: 74, r5: 88.5 } };

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    queries: { type: 'string' },
    out: { type: 'string' },
    dev: { type: 'string' },
    scale: { type: 'string' },
    prompts: { type: 'string' },
  },
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function measureQuality(corpusFile: string, queriesFile: string): Promise<void> {
  const passages = readCorpus(corpusFile);
  const questions = readQuestions(queriesFile);
  const before = settledMb();
  const { engine, indexSeconds } = await indexPassages(passages);
  // Once without looking at the clock: the first questions meet code that is not compiled yet.
  askAll(engine, questions.slice(0, 50));
  const runs = askAll(engine, questions);
  const memory = settledMb();
  const times = runs.map(({ ms }) => ms);
  say(`${passages.length} passages, ${questions.length} questions\n`);
  say(`${QUALITY_HEADING}\n${qualityLine(qualityOf(runs))}\n`);
  say(`query p50        ${percentile(times, 50).toFixed(2)} ms`);
  say(`query p99        ${percentile(times, 99).toFixed(2)} ms`);
  say(`index            ${indexSeconds.toFixed(2)} s`);
  say(
    `resident memory  ${memory.toFixed(0)} MB, ${(memory - before).toFixed(0)} of them since the texts were read`,
  );
  if (values.out !== undefined) writeFileSync(values.out, asLines(runs));
}

function asLines(runs: readonly Run[]): string {
  return runs
    .map(({ question, hits }) => `${JSON.stringify({ id: question.id, hits })}\n`)
    .join('');
}

async function measureDev(folder: string): Promise<readonly Outcome[]> {
  const passages = readCorpus(join(folder, 'misto/corpus.jsonl'));
  const indexed = await indexPassages(passages);
  const { engine } = indexed;
  return [
    devOutcome(folder, indexed, 'clean'),
    devOutcome(folder, indexed, 'noisy'),
    ...[CLEAN, NOISY].map((file) =>
      measureOtherTalk(
        SETS.map((set) => [join(folder, set), file]),
        passages,
        engine,
      ),
    ),
    ...measureFollowUps(folder, engine),
  ];
}

function devOutcome(folder: string, { engine }: Indexed, form: 'clean' | 'noisy'): Outcome {
  const file = form === 'clean' ? CLEAN : NOISY;
  const all = SETS.map((set): readonly [string, Quality] => [
    set,
    qualityOf(askAll(engine, readQuestions(join(folder, set, file)))),
  ]);
  const mean = meanQuality(all.map(([, quality]) => quality));
  say(`${form.padEnd(8)} ${QUALITY_HEADING}`);
  for (const [set, quality] of [...all, ['mean', mean] as const]) {
    say(`${set.padEnd(8)} ${qualityLine(quality)}`);
  }
  say('');
  const figure = (name: 'r1' | 'r5'): Outcome['figures'][number] => ({
    name,
    value: rounded(mean[name], 2),
    unit: '%',
    bar: { atLeast: DEV_BARS[form][name] },
  });
  return {
    measurement: `mean of the five sets, ${form}`,
    figures: [figure('r1'), figure('r5')],
    notes: [],
  };
}

async function showPrompts(folder: string): Promise<void> {
  const { whole, otherContact, sameContact } = await measurePrompts(folder);
  say(whole ? 'the whole corpus is in each prompt' : 'each prompt has passages of its own');
  for (const [what, { bytes, share }] of [
    ['of another contact', otherContact],
    ['of the same contact', sameContact],
  ] as const) {
    say(`shared with the next prompt ${what}: ${bytes} bytes, ${(100 * share).toFixed(1)} %`);
  }
}

async function run(): Promise<readonly Outcome[]> {
  const { corpus, queries, dev, scale, prompts } = values;
  if (prompts !== undefined) {
    await showPrompts(prompts);
    return [];
  }
  if (dev !== undefined) return measureDev(dev);
  if (corpus === undefined || queries === undefined) throw new Error(USAGE);
  if (scale !== undefined) return measureRetrievalScale(Number(scale), [corpus, queries]);
  await measureQuality(corpus, queries);
  return [];
}

const outcomes = await run();
if (outcomes.length > 0) {
  const missed = missedBars(outcomes);
  say(asTable(outcomes));
  say(missed.length === 0 ? 'Every bar holds.' : missed.join('\n'));
  process.exitCode = missed.length === 0 ? 0 : 1;
}
