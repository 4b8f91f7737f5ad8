import { describe, expect, it } from '@jest/globals';
import {
  type UnknownSendPolicy,
  afterAttempt,
  afterEchoWindow,
  mayStillChange,
} from '../../../src/domain/delivery.ts';

const FACTS = { attempt: 1, triedSince: 1_000 };
const NOW = 6_000;

describe('afterAttempt', () => {
  it('ends a confirmed send with the gateway’s id', () => {
    expect(afterAttempt({ kind: 'sent', gatewayId: 'X' }, FACTS, NOW)).toEqual({
      state: 'sent',
      gatewayId: 'X',
    });
  });

  it('gives up what the gateway rejects for what it is', () => {
    expect(afterAttempt({ kind: 'rejected', reason: '400' }, FACTS, NOW)).toEqual({
      state: 'failed',
    });
  });

  it('lets an unconfirmed send wait for its echo', () => {
    expect(afterAttempt({ kind: 'unknown', reason: 'reset' }, FACTS, NOW)).toEqual({
      state: 'unknown',
    });
  });

  it('keeps a reply pending while the instance is blocked, however old it is', () => {
    const old = { ...FACTS, triedSince: NOW - 48 * 3_600_000 };

    expect(afterAttempt({ kind: 'blocked', reason: '401' }, old, NOW)).toEqual({
      state: 'pending',
      notBefore: 6_000,
      blocked: true,
    });
  });

  it.each([
    [1, 7_000],
    [2, 8_000],
    [5, 22_000],
    [9, 262_000],
    [10, 306_000],
    [40, 306_000],
  ])('tries again after attempt %i at %i', (attempt, notBefore) => {
    const next = afterAttempt({ kind: 'not_sent', reason: 'refused' }, { ...FACTS, attempt }, NOW);

    expect(next).toEqual({ state: 'pending', notBefore, blocked: false });
  });

  it('waits as long as the gateway asks', () => {
    const outcome = { kind: 'not_sent', reason: '429', retryAfterMs: 42_000 } as const;

    expect(afterAttempt(outcome, FACTS, NOW)).toMatchObject({ notBefore: 48_000 });
  });

  it('never waits less than its own pause, though the gateway asks for none', () => {
    const outcome = { kind: 'not_sent', reason: '429', retryAfterMs: 0 } as const;

    expect(afterAttempt(outcome, FACTS, NOW)).toMatchObject({ notBefore: 7_000 });
  });

  it('gives up after 24 hours', () => {
    const old = { ...FACTS, triedSince: NOW - 24 * 3_600_000 };

    expect(afterAttempt({ kind: 'not_sent', reason: 'refused' }, old, NOW)).toEqual({
      state: 'failed',
    });
  });
});

describe('afterEchoWindow', () => {
  const sentOnce = { startedAt: 5_000, resends: 0, wasInterrupted: false, isUnwanted: false };
  const proven = { windowMs: 15_000, isReliable: true, heardSince: 0 };
  const unproven = { ...proven, isReliable: false };

  it.each<[string, number, typeof proven, UnknownSendPolicy, 'pending' | 'held']>([
    ['sends again, as silence proves something', 0, proven, 'hold', 'pending'],
    ['sends again, as the policy says', 0, unproven, 'resend_once', 'pending'],
    ['holds, as silence proves nothing', 0, unproven, 'hold', 'held'],
    ['holds what was sent again', 1, proven, 'resend_once', 'held'],
    ['holds what was sent again without proof', 1, unproven, 'resend_once', 'held'],
  ])('%s', (...row) => {
    const [, resends, evidence, policy, state] = row;

    expect(afterEchoWindow({ ...sentOnce, resends }, evidence, policy, 20_000)).toEqual({ state });
  });

  it.each<[string, number, typeof proven, UnknownSendPolicy, 'pending' | 'held']>([
    ['sends it a third time, as silence proves something', 1, proven, 'hold', 'pending'],
    ['sends it a third time, as the policy says', 1, unproven, 'resend_once', 'pending'],
    ['sends it a sixth time', 4, unproven, 'resend_once', 'pending'],
    ['holds it after that: it may be what ends its processes', 5, proven, 'resend_once', 'held'],
    ['holds it without proof, as the policy says', 0, unproven, 'hold', 'held'],
  ])('of a send that its process did not outlive, %s', (...row) => {
    const [, resends, evidence, policy, state] = row;
    const interrupted = { ...sentOnce, resends, wasInterrupted: true };

    expect(afterEchoWindow(interrupted, evidence, policy, 20_000)).toEqual({ state });
  });

  it('waits until the window as it is now is over', () => {
    const slower = { ...proven, windowMs: 40_000 };

    expect(afterEchoWindow(sentOnce, slower, 'resend_once', 20_000)).toEqual({
      state: 'unknown',
      resolveAfter: 45_000,
    });
  });

  it('begins the window anew where echoes could not be heard', () => {
    const deaf = { ...proven, heardSince: 19_000 };

    expect(afterEchoWindow(sentOnce, deaf, 'resend_once', 20_000)).toEqual({
      state: 'unknown',
      resolveAfter: 34_000,
    });
  });

  it('looks again in 3 s while nobody listens', () => {
    const { windowMs, isReliable } = proven;

    expect(afterEchoWindow(sentOnce, { windowMs, isReliable }, 'resend_once', 20_000)).toEqual({
      state: 'unknown',
      resolveAfter: 23_000,
    });
  });

  it('holds nothing for a person who has the conversation', () => {
    const unwanted = { ...sentOnce, resends: 1, isUnwanted: true };

    expect(afterEchoWindow(unwanted, unproven, 'hold', 20_000)).toEqual({ state: 'pending' });
  });
});

describe('mayStillChange', () => {
  const sent = { kind: 'sent', gatewayId: 'X' } as const;
  const refused = { kind: 'not_sent', reason: 'refused' } as const;

  it.each(['sending', 'unknown'] as const)(
    'lets any outcome of the latest attempt change a reply that is %s',
    (state) => {
      expect(mayStillChange(state, sent, true)).toBe(true);
      expect(mayStillChange(state, refused, true)).toBe(true);
    },
  );

  it.each(['sending', 'unknown'] as const)(
    'believes only the "sent" of an earlier attempt for one %s',
    (state) => {
      expect(mayStillChange(state, sent, false)).toBe(true);
      expect(mayStillChange(state, refused, false)).toBe(false);
    },
  );

  it.each(['pending', 'held', 'failed'] as const)(
    'believes only a late "sent" of one %s',
    (state) => {
      expect(mayStillChange(state, sent, true)).toBe(true);
      expect(mayStillChange(state, sent, false)).toBe(true);
      expect(mayStillChange(state, refused, true)).toBe(false);
    },
  );

  it.each(['sent', 'cancelled'] as const)('changes nothing of one that is %s', (state) => {
    expect(mayStillChange(state, sent, true)).toBe(false);
    expect(mayStillChange(state, refused, true)).toBe(false);
  });
});
