import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';

import { decodeText } from '../adapters/outbound/filesystem/text-decoding.ts';
import { InvalidConfigError } from './config.ts';

type Environment = Record<string, string | undefined>;

/**
 * Outside production the environment takes what the file, if there is one, adds to it. What it holds
 * already counts for more. The file is read as Windows Notepad writes it, too: Node's own reader takes
 * the mark in front of such a text for a part of the first name.
 *
 * @throws InvalidConfigError where the file holds no text.
 */
export function loadEnvFile(environment: Environment = process.env, file = '.env'): void {
  if (environment['NODE_ENV'] === 'production') return;
  // Not only a plain file: keepers of secrets hand theirs over as a named pipe.
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  const settings = parseEnv(textOf(readFileSync(file), file));
  for (const [name, value] of Object.entries(settings)) environment[name] ??= value;
}

function textOf(bytes: Buffer, file: string): string {
  const decoded = decodeText(bytes);
  if ('text' in decoded) return decoded.text;
  // Its mark alone counts as white space.
  if (bytes.toString('utf8').trim() === '') return '';
  throw new InvalidConfigError(`${file} is no text file: write it anew in a text editor.`);
}
