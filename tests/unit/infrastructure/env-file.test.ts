import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadEnvFile } from '../../../src/infrastructure/env-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const TEXT = 'APOLOGY="Não deu"\r\nAGENT_OFF_WORD="#pausar"\r\n# TZ=UTC\r\n';

let files: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  files = temporaryFolder();
  file = path.join(files.folder, '.env');
});

afterEach(() => {
  files.remove();
});

describe('loadEnvFile', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    ['Windows-1252', Buffer.from(TEXT, 'latin1')],
  ])('reads a file in %s', (_encoding, bytes) => {
    const environment = {};
    writeFileSync(file, bytes);

    loadEnvFile(environment, file);

    expect(environment).toEqual({ APOLOGY: 'Não deu', AGENT_OFF_WORD: '#pausar' });
  });

  it('changes nothing that the environment holds already', () => {
    const environment = { APOLOGY: 'Desculpe' };
    writeFileSync(file, TEXT);

    loadEnvFile(environment, file);

    expect(environment.APOLOGY).toBe('Desculpe');
  });

  it('reads nothing in production', () => {
    const environment = { NODE_ENV: 'production' };
    writeFileSync(file, TEXT);

    loadEnvFile(environment, file);

    expect(environment).toEqual({ NODE_ENV: 'production' });
  });

  it('reads a named pipe', async () => {
    const environment = {};
    execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', file]);
    const writer = spawn('/bin/sh', ['-c', 'echo TZ=UTC > "$0"', file]);
    const ended = once(writer, 'exit');

    loadEnvFile(environment, file);

    await ended;
    expect(environment).toEqual({ TZ: 'UTC' });
  });

  it.each([
    ['white space', ' \n'],
    ['its mark', '\uFEFF'],
  ])('reads nothing from a file that holds only %s', (_what, text) => {
    const environment = {};
    writeFileSync(file, text);

    loadEnvFile(environment, file);

    expect(environment).toEqual({});
  });

  it('refuses a file that is no text', () => {
    writeFileSync(file, 'TZ=a\0b');

    expect(() => {
      loadEnvFile({}, file);
    }).toThrow('.env is no text file');
  });

  it('does without a file, and with a folder in its place', () => {
    const environment = {};

    loadEnvFile(environment, file);
    loadEnvFile(environment, files.folder);

    expect(environment).toEqual({});
  });
});
