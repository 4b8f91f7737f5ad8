import { parseArgs } from 'node:util';
import { asTable, missedBars, type Figure, type Outcome } from '../outcome.ts';
import { type Maker, type Sort, SORTS } from './case.ts';
import { at, checkTimes, hostileTimes } from './check-times.ts';
import { judge, type Judged } from './judge-replies.ts';
import { ReplyMaker } from './make-replies.ts';
import { PhrasedReplies } from './phrased-replies.ts';
import { devCorpora, exampleShop } from './shop-corpus.ts';
import { COUNTER } from './counter/phrasebook.ts';
import { STREET } from './street/phrasebook.ts';
import { TILL } from './till/phrasebook.ts';
import { PHONE } from './phone/phrasebook.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string', default: '' },
    seeds: { type: 'string', default: '1,2,3' },
    replies: { type: 'string', default: '2100' },
    misses: { type: 'string', default: '4' },
    set: { type: 'string', default: 'first,street,counter,phone,till' },
  },
});

const corpora = [exampleShop('data'), ...(values.corpora === '' ? [] : devCorpora(values.corpora))];
const seeds = values.seeds.split(',').map(Number);
const perSort = Math.ceil(Number(values.replies) / SORTS.length / seeds.length);

const SETS: Readonly<Record<string, (seed: number) => Maker>> = {
  first: (seed) => new ReplyMaker(corpora, seed),
  street: (seed) => new PhrasedReplies(STREET, corpora, seed),
  counter: (seed) => new PhrasedReplies(COUNTER, corpora, seed),
  phone: (seed) => new PhrasedReplies(PHONE, corpora, seed),
  till: (seed) => new PhrasedReplies(TILL, corpora, seed),
};

function judgedOf(set: string): readonly Judged[] {
  return seeds.flatMap((seed) => {
    const maker = SETS[set]?.(seed);
    if (maker === undefined) throw new Error(`no set ${set}`);
    return SORTS.flatMap((sort) => Array.from({ length: perSort }, () => judge(maker.make(sort))));
  });
}

function share(cases: readonly Judged[]): number {
  const stopped = cases.filter(({ isStopped }) => isStopped).length;
  return Math.round((stopped / cases.length) * 10_000) / 100;
}

function figuresOf(set: string, judged: readonly Judged[]): readonly Figure[] {
  const stopped = (sort: Sort): number => share(judged.filter((one) => one.sort === sort));
  const caught = (sort: Sort, atLeast: number): Figure => ({
    name: `${set}: ${sort}, caught`,
    value: stopped(sort),
    unit: '%',
    bar: { atLeast },
  });
  return [
    caught('altered', 99),
    caught('swapped', 97),
    caught('baited', 97),
    {
      name: `${set}: faithful, stopped`,
      value: share(judged.filter(({ isFaithful }) => isFaithful)),
      unit: '%',
      bar: { atMost: 1 },
    },
    ...SORTS.slice(0, 4).map((sort) => ({
      name: `${set}: - ${sort}`,
      value: stopped(sort),
      unit: '%',
    })),
  ];
}

/** What was judged wrongly: how often each kind of it, and some in full. */
function printMisses(set: string, judged: readonly Judged[]): void {
  const wrong = judged.filter(({ isStopped, isFaithful }) => isStopped === isFaithful);
  const details = Map.groupBy(wrong, ({ sort, detail }) => `${sort}: ${detail}`);
  for (const [detail, misses] of details) {
    process.stdout.write(`${set}, ${detail}: ${misses.length}\n`);
    for (const { corpus, question, reply, offences } of misses.slice(0, Number(values.misses))) {
      const said = JSON.stringify([corpus, question, reply.slice(0, 300)]);
      process.stdout.write(`  ${said} ${offences.join('; ')}\n`);
    }
  }
}

const sets = values.set.split(',').map((name) => ({ name, judged: judgedOf(name) }));
const all = sets.flatMap(({ judged }) => judged);
checkTimes(all);
const { cold, warm } = checkTimes(all);
const [short, long] = [hostileTimes(12_000), hostileTimes(100_000)];
const outcome: Outcome = {
  measurement: 'facts',
  figures: [
    ...sets.flatMap(({ name, judged }) => figuresOf(name, judged)),
    { name: 'check, p50', value: at(cold, 0.5), unit: 'ms' },
    { name: 'check, p99', value: at(cold, 0.99), unit: 'ms', bar: { atMost: 2 } },
    { name: 'check, passages known, p50', value: at(warm, 0.5), unit: 'ms' },
    { name: 'check, passages known, p99', value: at(warm, 0.99), unit: 'ms', bar: { atMost: 2 } },
    {
      name: 'hostile 12,000, check',
      value: Math.round(short.check),
      unit: 'ms',
      bar: { atMost: 50 },
    },
    {
      name: 'hostile 100,000, check',
      value: Math.round(long.check),
      unit: 'ms',
      bar: { atMost: 50 },
    },
    { name: 'hostile 100,000, facts found', value: Math.round(long.find), unit: 'ms' },
  ],
  notes: [
    `${all.length} replies, seeds ${values.seeds}, corpora ${corpora.map(({ name }) => name).join(', ')}`,
    'first: what the check was made with; the others: written apart from it, measured, then mended on',
  ],
};
process.stdout.write(`${asTable([outcome])}\n`);
for (const { name, judged } of sets) printMisses(name, judged);
const missed = missedBars([outcome]);
process.stdout.write(`${missed.length === 0 ? 'Every bar holds.' : missed.join('\n')}\n`);
process.exitCode = missed.length === 0 ? 0 : 1;
