import { describe, expect, it } from '@jest/globals';
import { afterAttempt, afterEchoWindow, mayStillChange } from '../../../src/domain/delivery.ts';

const FACTS = { attempt: 1, createdAt: 1_000, startedAt: 5_000 };
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

  it('lets an unconfirmed send wait for its echo for 15 s from its start', () => {
    expect(afterAttempt({ kind: 'unknown', reason: 'reset' }, FACTS, NOW)).toEqual({
      state: 'unknown',
      resolveAfter: 20_000,
    });
  });

  it('keeps a reply pending while the instance is blocked, however old it is', () => {
    const old = { ...FACTS, createdAt: NOW - 48 * 3_600_000 };

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
    const old = { ...FACTS, createdAt: NOW - 24 * 3_600_000 };

    expect(afterAttempt({ kind: 'not_sent', reason: 'refused' }, old, NOW)).toEqual({
      state: 'failed',
    });
  });
});

describe('afterEchoWindow', () => {
  it('sends again once', () => {
    expect(afterEchoWindow(0)).toBe('pending');
    expect(afterEchoWindow(1)).toBe('failed');
  });
});

describe('mayStillChange', () => {
  const sent = { kind: 'sent', gatewayId: 'X' } as const;
  const refused = { kind: 'not_sent', reason: 'refused' } as const;

  it.each(['sending', 'unknown'] as const)(
    'lets any outcome change a reply that is %s',
    (state) => {
      expect([mayStillChange(state, sent), mayStillChange(state, refused)]).toEqual([true, true]);
    },
  );

  it.each(['pending', 'held', 'failed'] as const)(
    'believes only a late "sent" of one %s',
    (state) => {
      expect([mayStillChange(state, sent), mayStillChange(state, refused)]).toEqual([true, false]);
    },
  );

  it.each(['sent', 'cancelled'] as const)('changes nothing of one that is %s', (state) => {
    expect([mayStillChange(state, sent), mayStillChange(state, refused)]).toEqual([false, false]);
  });
});
