import { parseArgs } from 'node:util';
import { FactLock } from '../../src/domain/facts/fact-lock.ts';
import { passageSource } from '../../src/domain/facts/source.ts';
import { asTable, missedBars, type Figure, type Outcome } from '../outcome.ts';
import { judge, type Judged } from './judge-replies.ts';
import { ReplyMaker, type Sort } from './make-replies.ts';
import { devCorpora, exampleShop } from './shop-corpus.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    replies: { type: 'string', default: '4000' },
    misses: { type: 'string', default: '8' },
  },
});

const SORTS: readonly Sort[] = ['copied', 'reformatted', 'summed', 'altered', 'swapped', 'baited'];
const seed = Number(values.seed);
const corpora = [exampleShop('data'), ...(values.corpora === '' ? [] : devCorpora(values.corpora))];
const maker = new ReplyMaker(corpora, seed);
const perSort = Math.ceil(Number(values.replies) / SORTS.length);
const judged = SORTS.flatMap((sort) =>
  Array.from({ length: perSort }, () => judge(maker.make(sort))),
);

function share(cases: readonly Judged[]): number {
  const stopped = cases.filter(({ isStopped }) => isStopped).length;
  return Math.round((stopped / cases.length) * 10_000) / 100;
}

function stoppedOf(sort: Sort): number {
  return share(judged.filter((one) => one.sort === sort));
}

/** How long a check takes from its sources on, ms; the quickest of five, so that other work on the machine does not count. */
function checkTimes(): readonly number[] {
  const reply = judged
    .map((one) => one.reply)
    .join(' ')
    .slice(0, 1_000);
  const shown = judged
    .slice(0, 2_000)
    .map(({ passages }) =>
      passages
        .slice(0, 8)
        .map(({ id, title, text }) =>
          passageSource({ id, document: id, title, section: '', text }),
        ),
    );
  return shown
    .map((sources) => {
      const quickest = Array.from({ length: 5 }, () => {
        const startedAt = performance.now();
        new FactLock(sources, { year: 2027, month: 1, day: 12 }).check(reply);
        return performance.now() - startedAt;
      });
      return Math.min(...quickest);
    })
    .sort((one, other) => one - other);
}

function at(times: readonly number[], part: number): number {
  return Math.round((times[Math.floor(times.length * part)] ?? 0) * 100) / 100;
}

checkTimes();
const times = checkTimes();
const figures: Figure[] = [
  { name: 'altered, caught', value: stoppedOf('altered'), unit: '%', bar: { atLeast: 99 } },
  { name: 'swapped, caught', value: stoppedOf('swapped'), unit: '%', bar: { atLeast: 97 } },
  { name: 'baited, caught', value: stoppedOf('baited'), unit: '%', bar: { atLeast: 97 } },
  {
    name: 'faithful, stopped',
    value: share(judged.filter(({ isFaithful }) => isFaithful)),
    unit: '%',
    bar: { atMost: 1 },
  },
  ...SORTS.slice(0, 3).map((sort) => ({ name: `- ${sort}`, value: stoppedOf(sort), unit: '%' })),
  { name: 'check, p50', value: at(times, 0.5), unit: 'ms' },
  { name: 'check, p99', value: at(times, 0.99), unit: 'ms', bar: { atMost: 2 } },
];
const outcome: Outcome = {
  measurement: 'facts',
  figures,
  notes: [
    `${judged.length} replies, seed ${seed}, corpora ${corpora.map(({ name }) => name).join(', ')}`,
  ],
};
process.stdout.write(`${asTable([outcome])}\n`);
const wrong = judged.filter(({ isStopped, isFaithful }) => isStopped === isFaithful);
for (const sort of SORTS) {
  for (const one of wrong.filter((miss) => miss.sort === sort).slice(0, Number(values.misses))) {
    process.stdout.write(
      `${sort} (${one.corpus}): ${JSON.stringify(one.reply.slice(0, 400))} ${one.offences.join('; ')}\n`,
    );
  }
}
const missed = missedBars([outcome]);
process.stdout.write(`${missed.length === 0 ? 'Every bar holds.' : missed.join('\n')}\n`);
process.exitCode = missed.length === 0 ? 0 : 1;
