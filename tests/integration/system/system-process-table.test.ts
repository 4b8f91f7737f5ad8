import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { SystemProcessTable } from '../../../src/adapters/outbound/system/system-process-table.ts';
import { type ProcessIdentity } from '../../../src/application/ports/outbound/process-table.ts';
import { kill } from '../../support/store-processes.ts';

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

  describe('end', () => {
    let child: ChildProcess;
    let identity: ProcessIdentity;

    beforeEach(async () => {
      child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
      await once(child, 'spawn');
      const found = table.find(child.pid ?? 0);
      if (found === undefined) throw new Error('the process did not start');
      identity = found;
    });
    afterEach(() => kill(child));

    it('ends a stopped process', async () => {
      child.kill('SIGSTOP');
      const exited = once(child, 'exit');

      const outcome = table.end(identity);

      expect(outcome).toBe('ended');
      expect(await exited).toEqual([null, 'SIGKILL']);
      expect(table.end(identity)).toBe('gone');
    });

    it('leaves another process alone that has the pid now', () => {
      expect(table.end({ ...identity, pidStarted: identity.pidStarted - 1 })).toBe('gone');
      expect(table.isRunning(identity)).toBe(true);
    });
  });
});
