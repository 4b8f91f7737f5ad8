import { spawnSync } from 'node:child_process';

import { type Figure, type Outcome } from './outcome.ts';
import { inProject } from './support/paths.ts';
import { median, rounded } from './support/statistics.ts';

type Figures = Readonly<Record<string, number>>;

const RUNS = 3;
const CHANGED_AMONG = 10_000;
/** The limits are meant for so many passages. */
const HUGE = 100_000;

/** Speed and memory with so many passages, beside plain FTS5; medians of three, each in its own process. */
export function measureRetrievalScale(
  count: number,
  files: readonly [corpus: string, questions: string],
): readonly Outcome[] {
  const runs = Array.from({ length: RUNS }, () => ({
    own: measured('own', count, files),
    plain: measured('plain', count, files),
    change: measured('change', CHANGED_AMONG, files),
  }));
  const of = (kind: 'own' | 'plain' | 'change', name: string): number =>
    rounded(median(runs.map((run) => run[kind][name] ?? NaN)), 1);
  const change = (name: string): Figure => ({ name, value: of('change', name), unit: 'ms' });
  const isReduced = Boolean(runs[0]?.own['isReduced']);
  return [
    {
      measurement: `ranking ${count} passages`,
      figures: engineFigures((name) => of('own', name), count >= HUGE),
      notes: isReduced
        ? [
            'without spelling, forms of words, synonyms and the commonest terms, as the service does it',
          ]
        : [],
    },
    {
      measurement: 'plain FTS5, the same passages',
      figures: engineFigures((name) => of('plain', name), false),
      notes: [],
    },
    {
      measurement: `one changed file among ${CHANGED_AMONG} passages`,
      figures: [
        { ...change('liveMs'), bar: { atMost: 50 } },
        change('liveCpuMs'),
        change('worstMs'),
      ],
      notes: ['from its having been read to its being found, median of seven changes'],
    },
  ];
}

function engineFigures(of: (name: string) => number, hasBars: boolean): Outcome['figures'] {
  const figure = (name: string, unit: string, most?: number): Figure => ({
    name,
    value: of(name),
    unit,
    ...(hasBars && most !== undefined ? { bar: { atMost: most } } : {}),
  });
  return [
    figure('indexSeconds', 's', 15),
    figure('indexCpuSeconds', 's'),
    figure('blockedMs', 'ms', 50),
    figure('blockedCpuMs', 'ms'),
    figure('firstMs', 'ms'),
    figure('p50', 'ms'),
    figure('p99', 'ms', 40),
    figure('p50Cpu', 'ms'),
    figure('p99Cpu', 'ms'),
    figure('memoryMb', 'MB', 150),
  ];
}

function measured(kind: string, count: number, files: readonly [string, string]): Figures {
  const script = inProject('bench/support/retrieval-scale-run.ts');
  const { stdout, status } = spawnSync(
    process.execPath,
    [...process.execArgv, script, kind, String(count), ...files],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`the measurement "${kind}" failed`);
  return JSON.parse(stdout) as Figures;
}
