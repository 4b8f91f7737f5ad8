import { describe, expect, it } from '@jest/globals';

import { WatchedCapacity } from '../../../src/adapters/outbound/system/watched-capacity.ts';
import { RecordingLogger } from '../../doubles/recording-logger.ts';

const INBOX_MAX = 10;

function aCapacity(facts: { depth: number; isDiskEnough?: boolean }) {
  const logger = new RecordingLogger();
  const inbox = { depth: () => Promise.resolve(facts.depth) };
  const disk = { isEnough: () => Promise.resolve(facts.isDiskEnough ?? true) };
  return { logger, capacity: new WatchedCapacity({ inbox, disk, logger }, INBOX_MAX) };
}

describe('WatchedCapacity', () => {
  it('has room until it has looked', () => {
    const { capacity } = aCapacity({ depth: INBOX_MAX + 1 });

    expect(capacity.shortage()).toBeUndefined();
  });

  it('is short while more than the limit wait, and not at the limit', async () => {
    const facts = { depth: INBOX_MAX + 1 };
    const { capacity } = aCapacity(facts);

    await capacity.look();
    const above = capacity.shortage();
    facts.depth = INBOX_MAX;
    await capacity.look();

    expect(above).toBe('inbox');
    expect(capacity.shortage()).toBeUndefined();
  });

  it('names the disk first', async () => {
    const { capacity } = aCapacity({ depth: INBOX_MAX + 1, isDiskEnough: false });

    await capacity.look();

    expect(capacity.shortage()).toBe('disk');
  });

  it('logs each change once, with what to do', async () => {
    const facts = { depth: 0, isDiskEnough: false };
    const { capacity, logger } = aCapacity(facts);

    await capacity.look();
    await capacity.look();
    facts.isDiskEnough = true;
    await capacity.look();

    expect(logger.entries).toMatchObject([
      {
        level: 'error',
        event: 'messages refused',
        fields: { shortage: 'disk', hint: expect.stringContaining('DISK_MIN_FREE') as unknown },
      },
      { level: 'info', event: 'messages taken again' },
    ]);
  });

  it('keeps its last answer where the store cannot be asked', async () => {
    const facts = { depth: INBOX_MAX + 1 };
    const logger = new RecordingLogger();
    let isDown = false;
    const inbox = {
      depth: () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(facts.depth)),
    };
    const capacity = new WatchedCapacity({ inbox, logger }, INBOX_MAX);

    await capacity.look();
    isDown = true;
    await expect(capacity.look()).rejects.toThrow('down');

    expect(capacity.shortage()).toBe('inbox');
  });
});
