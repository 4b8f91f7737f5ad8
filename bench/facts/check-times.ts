import { FactLock } from '../../src/domain/facts/fact-lock.ts';
import { passageSource } from '../../src/domain/facts/source.ts';
import { type Case } from './case.ts';

const PASSAGES = 8;
const CHARACTERS = 1_000;
const ROUNDS = 5;
const SAMPLE = 2_000;

/** How long a check takes from its sources on, ms, in order; the quickest of five, so that other work on the machine does not count. */
export function checkTimes(cases: readonly Case[]): readonly number[] {
  const reply = cases
    .map((one) => one.reply)
    .join(' ')
    .slice(0, CHARACTERS);
  const shown = cases
    .slice(0, SAMPLE)
    .map(({ passages }) =>
      passages
        .slice(0, PASSAGES)
        .map(({ id, title, text }) =>
          passageSource({ id, document: id, title, section: '', text }),
        ),
    );
  return shown
    .map((sources) => {
      const quickest = Array.from({ length: ROUNDS }, () => {
        const startedAt = performance.now();
        new FactLock(sources, { year: 2027, month: 1, day: 12 }).check(reply);
        return performance.now() - startedAt;
      });
      return Math.min(...quickest);
    })
    .sort((one, other) => one - other);
}

export function at(times: readonly number[], part: number): number {
  return Math.round((times[Math.floor(times.length * part)] ?? 0) * 100) / 100;
}
