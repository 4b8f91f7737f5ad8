import { describe, expect, it } from '@jest/globals';
import { InvalidConfigError, loadConfig } from '../../../src/infrastructure/config.ts';
import { VARIABLE_NAMES } from '../../../src/infrastructure/environment.ts';
import { readEnvFile } from '../../support/env-file.ts';

const DEVELOPMENT = '.env.example';
const PRODUCTION = 'deploy/whatsapp-agent.env.example';

/** What has no working value in the production example. */
const FILLED_IN = {
  WEBHOOK_TOKEN: 'a'.repeat(48),
  ADMIN_TOKEN: 'b'.repeat(48),
  OPENAI_API_KEY: 'sk-0123456789',
  MEGA_API_TOKEN: 'mega-0123456789',
  MEGA_INSTANCE_ID: 'megastart-a1b2c3',
};

function mistakesIn(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidConfigError)) throw error;
    return error.message.split('\n').slice(1);
  }
}

describe.each([DEVELOPMENT, PRODUCTION])('%s', (path) => {
  it('speaks of every variable once, and of no other', () => {
    const { names } = readEnvFile(path);

    expect([...names].sort()).toEqual([...VARIABLE_NAMES, 'WEB_CONCURRENCY'].sort());
  });

  it('puts no comment behind a value, where systemd takes it for part of the value', () => {
    const { text } = readEnvFile(path);

    expect(text.split('\n').filter((line) => /^[A-Z].*\s#/u.test(line))).toEqual([]);
  });

  it('quotes values that hold spaces', () => {
    const { text } = readEnvFile(path);

    expect(text.split('\n').filter((line) => /^[A-Z_]+=[^"]*\s/u.test(line))).toEqual([]);
  });
});

describe('.env.example', () => {
  it('holds the defaults', () => {
    const { values } = readEnvFile(DEVELOPMENT);

    expect(loadConfig(values)).toEqual(loadConfig({}));
  });

  it('sets every variable that has a default', () => {
    const { values } = readEnvFile(DEVELOPMENT);

    const unset = VARIABLE_NAMES.filter((name) => !(name in values));

    expect(unset).toEqual([
      'NODE_ENV',
      'AI_DRY_RUN',
      'LLM_TEMPERATURE',
      'LLM_DAILY_TOKENS',
      'PERSONA_FILE',
    ]);
  });
});

describe('deploy/whatsapp-agent.env.example', () => {
  it('is refused for each placeholder, and for nothing else', () => {
    const { values } = readEnvFile(PRODUCTION);

    const mistakes = mistakesIn(values);

    for (const name of Object.keys(FILLED_IN)) {
      expect(mistakes).toContainEqual(
        `  ${name}: still holds the text of the example; put the real value there`,
      );
    }
    expect(new Set(mistakes.map((line) => line.split(':')[0]?.trim()))).toEqual(
      new Set(Object.keys(FILLED_IN)),
    );
  });

  it('holds the defaults but for what production and the proxy ask for', () => {
    const { values } = readEnvFile(PRODUCTION);

    expect(loadConfig({ ...values, ...FILLED_IN })).toEqual(
      loadConfig({
        ...FILLED_IN,
        NODE_ENV: 'production',
        API_HOST: '127.0.0.1',
        MEGA_API_BASE_URL: 'https://apistart01.megaapi.com.br',
      }),
    );
  });
});
