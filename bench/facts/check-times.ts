import { FactLock } from '../../src/domain/facts/fact-lock.ts';
import { FactReader } from '../../src/domain/facts/fact-reader.ts';
import { findFacts } from '../../src/domain/facts/find-facts.ts';
import { passageSource, type Source } from '../../src/domain/facts/source.ts';
import { type Case } from './case.ts';
import { type Text } from './shop-corpus.ts';

const PASSAGES = 8;
const CHARACTERS = 1_000;
const ROUNDS = 5;
const SAMPLE = 2_000;
const TODAY = { year: 2027, month: 1, day: 12 };

/** How long a check takes, ms, in order: from reading its passages on, and with passages that were read for an earlier turn. */
export interface CheckTimes {
  readonly cold: readonly number[];
  readonly warm: readonly number[];
}

/** The quickest of five counts, so that other work on the machine does not. */
export function checkTimes(cases: readonly Case[]): CheckTimes {
  const reply = cases
    .map((one) => one.reply)
    .join(' ')
    .slice(0, CHARACTERS);
  const shown = cases
    .filter(({ passages }) => passages.length >= PASSAGES)
    .slice(0, SAMPLE)
    .map(({ passages }) => sourcesOf(passages.slice(0, PASSAGES)));
  const cold = (): FactReader => new FactReader();
  return {
    cold: shown.map((sources) => quickest(sources, reply, cold)).sort(ascending),
    warm: shown.map((sources) => quickest(sources, reply, warmed(sources))).sort(ascending),
  };
}

function sourcesOf(texts: readonly Text[]): readonly Source[] {
  return texts.map(({ id, title, text }) =>
    passageSource({ id, document: id, title, section: '', text }),
  );
}

function warmed(sources: readonly Source[]): () => FactReader {
  const reader = new FactReader();
  reader.itemsOf(reader.read(sources, TODAY));
  return () => reader;
}

function ascending(one: number, other: number): number {
  return one - other;
}

/** The same beginning over and over, for each such beginning: how long its facts take to find, and a check of it, ms. */
export function hostileTimes(length: number): { readonly find: number; readonly check: number } {
  const lock = new FactLock(
    sourcesOf([{ id: 'a', title: 'Excel', text: 'Preço: R$ 297,00. Corte: R$ 80' }]),
    TODAY,
  );
  const texts = HOSTILE.map((part) => part.repeat(Math.ceil(length / part.length)));
  return {
    find: slowest(texts, (text) => findFacts(text.slice(0, length), TODAY)),
    check: slowest(texts, (text) => lock.check(text.slice(0, length))),
  };
}

const HOSTILE = [
  ...['1', '1.', '1,', '1/', 'R$ 1 ', 'R$ 80 ', 'R$ 1 + ', 'R$ 1 = ', 'R$ 2 (R$ 2) ', '1 (', '5% '],
  ...[
    '12 x ',
    '12 x 41,42 ',
    'mil ',
    'um e ',
    'vinte e ',
    '24 e ',
    '1 de maio e ',
    '1/1 ',
    'dia 1 ',
  ],
  ...[
    'segunda a ',
    '10h ',
    '10 às ',
    'aa@',
    'a.',
    'a-',
    'www.',
    'http://a ',
    'abcdefgh.ab/',
    '(11) ',
  ],
  ...[
    '550e8400-',
    '000201',
    'Excel ',
    'Corte R$ 80 ',
    'total ',
    'não custa ',
    '\n',
    '. ',
    'e\u0301',
  ],
];

function slowest(texts: readonly string[], run: (text: string) => unknown): number {
  const times = texts.map((text) =>
    Math.min(...Array.from({ length: 3 }, () => timeOf(run, text))),
  );
  return Math.max(...times);
}

function timeOf(run: (text: string) => unknown, text: string): number {
  const startedAt = performance.now();
  run(text);
  return performance.now() - startedAt;
}

function quickest(sources: readonly Source[], reply: string, readerOf: () => FactReader): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const reader = readerOf();
    return timeOf((text) => new FactLock(sources, TODAY, reader).check(text), reply);
  });
  return Math.min(...times);
}

export function at(times: readonly number[], part: number): number {
  return Math.round((times[Math.floor(times.length * part)] ?? 0) * 100) / 100;
}
