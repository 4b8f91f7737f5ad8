import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { PROJECT } from './project.ts';

/** An env file of the project: what it sets, and every variable that it speaks of. */
export interface EnvFile {
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
  /** Those that are set and those that stand in it as a comment, `# NAME=value`. */
  readonly names: readonly string[];
}

/** @param path - Seen from the project's folder. */
export function readEnvFile(path: string): EnvFile {
  const text = readFileSync(join(PROJECT, path), 'utf8');
  const names = [...text.matchAll(/^(?:# )?([A-Z][A-Z_]*)=/gmu)].map(([, name = '']) => name);
  return { text, values: parseEnv(text) as Record<string, string>, names };
}
