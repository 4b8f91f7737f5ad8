import { type Lines } from '../adapters/inbound/cli/lines.ts';
import { InvalidConfigError } from './config.ts';
import { loadEnvFile } from './env-file.ts';

/** Something that is run once from a terminal. */
interface Command {
  /** @returns The exit code. */
  run(words: readonly string[]): Promise<number>;
}

/**
 * Runs a command with the service's environment.
 *
 * @returns Its exit code; 1, with the mistakes told, where the environment is not valid.
 */
export async function runCommand(
  words: readonly string[],
  commandOf: (environment: NodeJS.ProcessEnv, lines: Lines) => Command,
): Promise<number> {
  try {
    loadEnvFile();
    const lines: Lines = {
      out: (line) => process.stdout.write(`${line}\n`),
      err: (line) => process.stderr.write(`${line}\n`),
    };
    return await commandOf(process.env, lines).run(words);
  } catch (error) {
    if (!(error instanceof InvalidConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
