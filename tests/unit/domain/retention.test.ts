import { describe, expect, it } from '@jest/globals';
import { retentionAges } from '../../../src/domain/retention.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('retentionAges', () => {
  it('lets texts and rows go with a long history', () => {
    expect(retentionAges(90 * DAY_MS)).toEqual({
      rawBodyMs: 7 * DAY_MS,
      echoMs: 48 * HOUR_MS,
      textMs: 90 * DAY_MS,
      rowMs: 90 * DAY_MS,
      embeddingMs: 7 * DAY_MS,
    });
  });

  it('lets no text outlive a short history, and keeps what a message is known by', () => {
    expect(retentionAges(DAY_MS)).toEqual({
      rawBodyMs: DAY_MS,
      echoMs: DAY_MS,
      textMs: DAY_MS,
      rowMs: 30 * DAY_MS,
      embeddingMs: 7 * DAY_MS,
    });
  });
});
