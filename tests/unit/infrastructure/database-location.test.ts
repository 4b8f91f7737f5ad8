import { describe, expect, it } from '@jest/globals';

import { readDatabaseUrl } from '../../../src/infrastructure/database-location.ts';

describe('readDatabaseUrl', () => {
  it('reads a PostgreSQL address, and shows it without account and password', () => {
    expect(readDatabaseUrl('postgres://agent:s%40nha@db.example.com:5433/agent')).toEqual({
      kind: 'postgres',
      url: 'postgres://agent:s%40nha@db.example.com:5433/agent',
      shown: 'db.example.com:5433/agent',
      password: 's@nha',
    });
  });

  it('knows both spellings of the scheme', () => {
    expect(readDatabaseUrl('postgresql://agent@localhost/agent')).toEqual({
      kind: 'postgres',
      url: 'postgresql://agent@localhost/agent',
      shown: 'localhost/agent',
    });
  });

  it.each(['require', 'verify-ca', 'verify-full'])(
    'checks the certificate with sslmode=%s',
    (mode) => {
      expect(readDatabaseUrl(`postgres://a@db/agent?sslmode=${mode}`)).toMatchObject({
        url: 'postgres://a@db/agent?sslmode=verify-full',
      });
    },
  );

  it.each([
    'postgres://a:canary@db/agent?sslmode=no-verify',
    'postgres://a:canary@db/agent?sslmode=prefer',
    'postgres://a:canary@db/agent?sslmode=require&uselibpqcompat=true',
  ])('refuses TLS that checks no certificate: %s', (url) => {
    const mistake = readDatabaseUrl(url);

    expect(mistake).toContain('sslmode must be one of disable, require, verify-ca, verify-full');
    expect(mistake).not.toContain('canary');
  });

  it.each([
    'postgres://a:canary/x@db:5432/agent',
    'postgres://a:canary%zz@db/agent',
    'postgres:///agent',
    'postgres://a:canary@db',
    'mysql://a:canary@db/agent',
    'var/agent.db',
    'file:',
  ])('says what would be right instead of %s, without the password', (url) => {
    const mistake = readDatabaseUrl(url);

    expect(mistake).toMatch(/^must /u);
    expect(mistake).not.toContain('canary');
  });
});
