import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { describe, expect, it } from '@jest/globals';

import { SystemProcessTable } from '../../../src/adapters/outbound/system/system-process-table.ts';

describe('SystemProcessTable', () => {
  const table = new SystemProcessTable();

  it('finds this process running', () => {
    expect(table.self.pid).toBe(process.pid);
    expect(table.isRunning(table.self)).toBe(true);
  });

  it('does not take another process for the one that had its pid before', () => {
    expect(table.isRunning({ ...table.self, pidStarted: table.self.pidStarted - 1 })).toBe(false);
  });

  it('counts a stopped process as running, and a killed one not', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    await once(child, 'spawn');
    const { pid } = child;
    if (pid === undefined) throw new Error('the process did not start');
    const identity = table.find(pid);
    child.kill('SIGSTOP');
    const whileStopped = identity !== undefined && table.isRunning(identity);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;

    expect(whileStopped).toBe(true);
    expect(identity !== undefined && table.isRunning(identity)).toBe(false);
  });
});
