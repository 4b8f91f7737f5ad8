import { describe, expect, it } from '@jest/globals';
import { type DeliveryState } from '../../../src/domain/delivery.ts';
import {
  agentWordIn,
  isPaused,
  isSameWord,
  longerPause,
  type Pause,
  pauseByPerson,
  possibleEchoes,
} from '../../../src/domain/takeover.ts';

const NOW = 1_000_000;
const HOUR_MS = 3_600_000;
const WORDS = { off: '#pausar', on: '#voltar' };

describe('isPaused', () => {
  it.each<[string, Pause | undefined, boolean]>([
    ['there is no pause', undefined, false],
    ['it has a moment left', { by: 'person', until: NOW + 1 }, true],
    ['it is over', { by: 'person', until: NOW }, false],
    ['it has no end', { by: 'word' }, true],
  ])('tells, when %s', (_case, pause, expected) => {
    expect(isPaused(pause, NOW)).toBe(expected);
  });
});

describe('longerPause', () => {
  const short: Pause = { by: 'person', until: NOW + 1 };
  const long: Pause = { by: 'request', until: NOW + 2 };
  const endless: Pause = { by: 'word' };

  it.each<[Pause | undefined, Pause | undefined, Pause | undefined]>([
    [short, long, long],
    [long, short, long],
    [long, endless, endless],
    [endless, long, endless],
    [long, { ...long, by: 'word' }, long],
    [undefined, short, short],
    [short, undefined, short],
    [undefined, undefined, undefined],
  ])('of %j and %j is %j', (one, other, expected) => {
    expect(longerPause(one, other)).toEqual(expected);
  });
});

describe('pauseByPerson', () => {
  it('lasts for the time of a takeover from now on', () => {
    expect(pauseByPerson(undefined, NOW, HOUR_MS)).toEqual({ by: 'person', until: NOW + HOUR_MS });
  });

  it('renews the pause of an earlier message', () => {
    const earlier: Pause = { by: 'person', until: NOW + 1 };

    expect(pauseByPerson(earlier, NOW, HOUR_MS)).toEqual({ by: 'person', until: NOW + HOUR_MS });
  });

  it.each<Pause>([{ by: 'word' }, { by: 'request', until: NOW + 2 * HOUR_MS }])(
    'does not shorten %j',
    (asked) => {
      expect(pauseByPerson(asked, NOW, HOUR_MS)).toEqual(asked);
    },
  );

  it('begins none while takeovers are off, and leaves the one that holds', () => {
    expect(pauseByPerson(undefined, NOW, 0)).toBeUndefined();
    expect(pauseByPerson({ by: 'person', until: NOW }, NOW, 0)).toBeUndefined();
    expect(pauseByPerson({ by: 'word' }, NOW, 0)).toEqual({ by: 'word' });
  });
});

describe('agentWordIn', () => {
  it.each([
    ['#pausar', 'off'],
    ['  #PAUSAR\n', 'off'],
    ['#Voltar', 'on'],
    ['#pausar por favor', undefined],
    ['pausar', undefined],
    ['', undefined],
  ])('reads %j as %s', (text, expected) => {
    expect(agentWordIn({ kind: 'text', text }, WORDS)).toBe(expected);
  });

  it('knows a word with accents however they are composed', () => {
    const words = { off: 'silêncio', on: '#voltar' };

    expect(agentWordIn({ kind: 'text', text: 'SILE\u0302NCIO' }, words)).toBe('off');
  });

  it('reads no word under a picture', () => {
    expect(agentWordIn({ kind: 'image', text: '#pausar' }, WORDS)).toBeUndefined();
  });
});

describe('isSameWord', () => {
  it('minds neither case nor blanks', () => {
    expect(isSameWord('#Pausar ', '#pausar')).toBe(true);
    expect(isSameWord('#pausar', '#voltar')).toBe(false);
  });
});

describe('possibleEchoes', () => {
  it.each<[DeliveryState, number, number]>([
    ['sending', 0, 1],
    ['unknown', 1, 2],
    ['held', 0, 1],
    ['held', 1, 2],
    ['sent', 0, 1],
    ['sent', 1, 2],
    ['failed', 0, 0],
    ['failed', 1, 1],
    ['pending', 0, 0],
    ['pending', 1, 1],
    ['cancelled', 0, 0],
    ['cancelled', 1, 1],
  ])('of a reply that is %s after %i resends are %i', (state, resends, expected) => {
    expect(possibleEchoes({ state, resends })).toBe(expected);
  });
});
