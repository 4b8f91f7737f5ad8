import { VARIABLE_NAMES } from '../../src/infrastructure/environment.ts';
import { inProject } from './paths.ts';

export type Environment = Readonly<Record<string, string>>;

/** What the measured service runs with. A setting of this machine or of its `.env` never leaks into it. */
export function serviceEnvironment(given: Environment): Environment {
  const blanks = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, '']));
  return { ...machine(), ...blanks, API_HOST: '127.0.0.1', RAG_DIR: inProject('data'), ...given };
}

/** Production with OpenAI and Mega configured. Nobody listens at the two addresses unless they are given. */
export function productionEnvironment(given: Environment): Environment {
  return serviceEnvironment({
    NODE_ENV: 'production',
    OPENAI_API_KEY: 'sk-of-the-bench',
    OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    MEGA_API_BASE_URL: 'http://127.0.0.1:9',
    MEGA_API_TOKEN: 'token-of-the-bench',
    MEGA_INSTANCE_ID: 'instance-of-the-bench',
    ...given,
  });
}

function machine(): Environment {
  return { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
}

/**
 * Nothing falls due while a load lasts: the longest silence that can be set; and however much waits,
 * it is taken.
 */
export const PAUSED_TURNS: Environment = {
  REPLY_QUIET: '120',
  REPLY_MAX_WAIT: '600',
  INBOX_MAX: '10000000',
};
