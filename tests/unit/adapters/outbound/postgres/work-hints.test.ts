import { EventEmitter } from 'node:events';

import { describe, expect, it } from '@jest/globals';
import { type Client } from 'pg';

import { WorkHints } from '../../../../../src/adapters/outbound/postgres/work-hints.ts';

/** A connection that stands, and on which nothing is answered in time. */
class SilentClient extends EventEmitter {
  isEnded = false;

  query(): Promise<never> {
    return Promise.reject(new Error('Query read timeout'));
  }

  end(): Promise<void> {
    this.isEnded = true;
    return Promise.resolve();
  }
}

describe('WorkHints', () => {
  it('leaves no connection open on which LISTEN was not answered', async () => {
    const client = new SilentClient();
    const hints = new WorkHints({
      connect: () => Promise.resolve(client as unknown as Client),
      owner: 'worker-1',
      onHint: () => undefined,
    });

    await hints.start();
    const isEnded = client.isEnded;
    await hints.close();

    expect(isEnded).toBe(true);
  });
});
