import { describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from '../../../src/application/ports/outbound/store-unavailable-error.ts';
import { InvalidConfigError } from '../../../src/infrastructure/config.ts';
import { startError } from '../../../src/infrastructure/start-error.ts';

function systemError(fields: object): Error {
  return Object.assign(new Error('it failed'), fields);
}

describe('startError', () => {
  it.each([
    [{ code: 'EADDRINUSE', syscall: 'listen' }, 'set API_PORT to another one'],
    [{ code: 'EADDRNOTAVAIL', syscall: 'listen' }, 'API_HOST names no address of this machine'],
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'API_HOST names no address of this machine'],
    [{ code: 'EACCES', syscall: 'listen' }, 'set API_PORT to one from 1024 on'],
    [{ code: 'EACCES', syscall: 'mkdir' }, 'change DATABASE_URL'],
    [{ code: 'EROFS', syscall: 'mkdir' }, 'change DATABASE_URL'],
    [{ code: 'EISDIR', syscall: 'open' }, 'DATABASE_URL must name a file'],
    [{ code: 'EEXIST', syscall: 'mkdir' }, 'DATABASE_URL must name a file'],
    [{ code: 'ENOTDIR', syscall: 'mkdir' }, 'DATABASE_URL must name a file'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 26 }, 'is something else than a database'],
  ])('says what to do about %j, and no place in the code', (fields, cure) => {
    const [message, second, ...more] = startError(systemError(fields)).split('\n');

    expect(message).toBe('it failed');
    expect(second).toContain(cure);
    expect(more).toEqual([]);
  });

  it('says what to look at where the database cannot be had', () => {
    expect(startError(new StoreUnavailableError('it is away'))).toMatch(
      /^it is away\nSee that the database of DATABASE_URL is there/u,
    );
  });

  it('gives the mistakes of a configuration as they are', () => {
    expect(startError(new InvalidConfigError('  TZ: wrong'))).toBe('  TZ: wrong');
  });

  it('gives the place of what nobody foresaw', () => {
    expect(startError(new Error('odd'))).toContain('start-error.test');
    expect(startError('odd')).toBe('odd');
  });
});
