import { join } from 'node:path';

import { type Passage } from '../src/domain/knowledge/passage.ts';
import { type Outcome } from './outcome.ts';
import {
  afterOtherTalk,
  type FollowUp,
  pairedFollowUps,
  productFollowUps,
} from './support/follow-ups.ts';
import { askAll, type Engine } from './support/ranked-corpus.ts';
import { readQuestions } from './support/retrieval-data.ts';
import { meanQuality, type Quality, qualityOf } from './support/retrieval-metrics.ts';
import { rounded } from './support/statistics.ts';

type Figure = Outcome['figures'][number];

/** How far a talk about something else may move the figures, percentage points. */
const MOST_MOVED = 0.3;

/** Questions that go on from another one, without and with what was said before. */
export function measureFollowUps(folder: string, engine: Engine): readonly Outcome[] {
  const sets: readonly (readonly [string, readonly FollowUp[]])[] = [
    ['loja, products', productFollowUps(folder)],
    ['loja, questions', pairedFollowUps(folder, 'loja')],
    ['tais', pairedFollowUps(folder, 'tais')],
  ];
  return sets.map(([name, followUps]) => {
    const alone = qualityOf(askAll(engine, followUps.map(withoutTalk)));
    const after = qualityOf(askAll(engine, followUps));
    return {
      measurement: `${followUps.length} follow-up questions, ${name}`,
      figures: [
        ...figuresOf(alone, 'alone'),
        ...figuresOf(after, 'after'),
        { name: 'gain', value: rounded(after.r5 - alone.r5, 1), unit: '%', bar: { atLeast: 20 } },
      ],
      notes: [],
    };
  });
}

/** How far the figures of questions move that come after a talk about something else. */
export function measureOtherTalk(
  sets: readonly (readonly [folder: string, file: string])[],
  passages: readonly Passage[],
  engine: Engine,
): Outcome {
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const all = sets.map(([folder, file]) => readQuestions(join(folder, file)));
  const quality = (asked: readonly (readonly FollowUp[])[]): Quality =>
    meanQuality(asked.map((one) => qualityOf(askAll(engine, one))));
  const alone = quality(all.map((questions) => questions.map(withoutTalk)));
  const figures = (
    [
      ['same', 0],
      ['other', 1],
    ] as const
  ).flatMap(([name, shift]) => {
    const after = quality(
      all.map((one, index) => afterOtherTalk(one, all[(index + shift) % all.length] ?? [], byId)),
    );
    const moved = Math.max(Math.abs(after.r1 - alone.r1), Math.abs(after.r5 - alone.r5));
    return [
      ...figuresOf(after, name),
      { name: `${name}Moved`, value: rounded(moved, 2), unit: '%', bar: { atMost: MOST_MOVED } },
    ];
  });
  return {
    measurement: `after a talk about something else, ${sets[0]?.[1] ?? ''}`,
    figures,
    notes: ['of the same set, and of another one'],
  };
}

function figuresOf({ r1, r5 }: Quality, name: string): readonly Figure[] {
  return [
    { name: `${name}R1`, value: rounded(r1, 1), unit: '%' },
    { name: `${name}R5`, value: rounded(r5, 1), unit: '%' },
  ];
}

function withoutTalk<T extends object>(question: T): T & { readonly said: readonly [] } {
  return { ...question, said: [] };
}
