import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../../src/infrastructure/config.ts';
import { openDoors, startUpReport } from '../../../src/infrastructure/start-up-report.ts';

const FACTS = { version: '3.0.0', port: 8000, documents: 11, passages: 57 };

describe('startUpReport', () => {
  it.each([
    ['0.0.0.0', 'http://127.0.0.1:8000'],
    ['10.0.0.7', 'http://10.0.0.7:8000'],
    ['localhost', 'http://localhost:8000'],
    ['::', 'http://[::1]:8000'],
    ['fd00::7', 'http://[fd00::7]:8000'],
  ])('names the address of %s so that it can be called', (host, address) => {
    const report = startUpReport(loadConfig({ API_HOST: host }), FACTS);

    expect(report).toContain(` listens on ${address}\n`);
    expect(report).toContain(` POST ${address}/webhook `);
  });

  it('shows no token', () => {
    const tokens = { WEBHOOK_TOKEN: 'canary-1', ADMIN_TOKEN: 'canary-2' };

    const report = startUpReport(loadConfig(tokens), FACTS);

    expect(report).toContain('/webhook/<WEBHOOK_TOKEN> ');
    expect(report).not.toContain('canary');
  });

  it('says so where there is no knowledge', () => {
    const report = startUpReport(loadConfig({ RAG_DIR: 'textos' }), { ...FACTS, documents: 0 });

    expect(report).toContain('knowledge  NONE: no file could be read from textos/;');
  });
});

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
