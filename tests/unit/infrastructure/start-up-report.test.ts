import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../../src/infrastructure/config.ts';
import { openDoors } from '../../../src/infrastructure/start-up-report.ts';

describe('openDoors', () => {
  it('names both doors, and that a proxy opens the second', () => {
    const doors = openDoors(loadConfig({}));

    expect(doors).toEqual([
      {
        event: 'the webhook is open to anybody who knows its address',
        hint: 'set WEBHOOK_TOKEN and put /webhook/<token> into the Mega API panel',
      },
      {
        event: 'admin routes answer only callers on this machine',
        hint: 'set ADMIN_TOKEN: a proxy on this machine that adds no header of its own passes for such a caller, and lets everybody in',
      },
    ]);
  });

  it('has nothing to say when both tokens are set', () => {
    const config = loadConfig({ WEBHOOK_TOKEN: 'a', ADMIN_TOKEN: 'b' });

    expect(openDoors(config)).toEqual([]);
  });
});
