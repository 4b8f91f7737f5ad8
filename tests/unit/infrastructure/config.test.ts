import { describe, expect, it } from '@jest/globals';
import { InvalidConfigError, loadConfig } from '../../../src/infrastructure/config.ts';

const PRODUCTION = {
  NODE_ENV: 'production',
  OPENAI_API_KEY: 'sk-canary-0123456789',
  MEGA_API_BASE_URL: 'https://gateway.example/',
  MEGA_API_TOKEN: 'mega-canary-0123456789',
  MEGA_INSTANCE_ID: 'megastart-1',
};

function mistakesIn(environment: Record<string, string>): string {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof InvalidConfigError) return error.message;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

describe('loadConfig', () => {
  it('runs without any setting, as a rehearsal with v2.1’s defaults', () => {
    const config = loadConfig({});

    expect(config.http).toEqual({ host: '0.0.0.0', port: 8000 });
    expect(config.ai).toMatchObject({ dryRun: true, model: 'gpt-4o', concurrency: 64 });
    expect(config.mega).toBeUndefined();
    expect(config.knowledge).toEqual({
      folder: 'data',
      personaFile: 'data/persona.md',
      autoReload: true,
      watchMs: 3000,
      contextTokens: 8000,
      gate: 'warn',
      rewording: true,
    });
    expect(config.conversation).toMatchObject({ dedupTtlMs: 12_000, ignoreFromMe: true });
    expect(config.database).toEqual({ kind: 'sqlite', file: 'var/agent.db' });
  });

  it('sends again once what stays unconfirmed, or holds it', () => {
    const held = loadConfig({ SEND_UNKNOWN: 'hold' });

    expect(loadConfig({}).conversation.sendUnknown).toBe('resend_once');
    expect(held.conversation.sendUnknown).toBe('hold');
  });

  it('lets the model reword unclear questions, unless it is told not to', () => {
    expect(loadConfig({ QUERY_REWRITE: 'off' }).knowledge.rewording).toBe(false);
    expect(loadConfig({ QUERY_REWRITE: 'auto' }).knowledge.rewording).toBe(true);
    expect(() => loadConfig({ QUERY_REWRITE: 'yes' })).toThrow(
      'QUERY_REWRITE: must be auto or off',
    );
  });

  it('reads a production environment', () => {
    const config = loadConfig(PRODUCTION);

    expect(config.production).toBe(true);
    expect(config.ai.dryRun).toBe(false);
    expect(config.mega).toEqual({
      baseUrl: 'https://gateway.example',
      token: 'mega-canary-0123456789',
    });
    expect(config.instance).toBe('megastart-1');
  });

  it('takes decimals of seconds and words for yes and no', () => {
    const config = loadConfig({
      REPLY_QUIET: '0.25',
      IGNORE_FROM_ME: 'não',
      RAG_AUTO_RELOAD: 'sim',
    });

    expect(config.conversation.quietMs).toBe(250);
    expect(config.conversation.ignoreFromMe).toBe(false);
    expect(config.knowledge.autoReload).toBe(true);
  });

  it('pauses for an hour by default, and takes decimals of minutes and other words', () => {
    const given = { TAKEOVER_MINUTES: '0.5', AGENT_OFF_WORD: '#silêncio ' };

    expect(loadConfig({}).conversation.takeover).toEqual({
      takeoverMs: 3_600_000,
      words: { off: '#pausar', on: '#voltar' },
    });
    expect(loadConfig(given).conversation.takeover).toEqual({
      takeoverMs: 30_000,
      words: { off: '#silêncio', on: '#voltar' },
    });
  });

  it('refuses one word for two things', () => {
    expect(mistakesIn({ AGENT_OFF_WORD: '#VOLTAR ' })).toContain(
      'AGENT_ON_WORD: must be another word than AGENT_OFF_WORD',
    );
  });

  it('takes a variable without a value for one that is not set', () => {
    expect(loadConfig({ API_PORT: '', OPENAI_API_KEY: ' ' }).http.port).toBe(8000);
  });

  it('knows ignored numbers with and without the ninth digit, and addresses that have none', () => {
    const { ignoredContacts } = loadConfig({
      IGNORE_PHONES: '558388887777, +55 (83) 9 1111-2222; 123456789012345@lid',
    }).conversation;

    expect([...ignoredContacts]).toEqual([
      'phone:5583988887777',
      'phone:5583911112222',
      'lid:123456789012345',
    ]);
  });

  it('reads absolute and relative database files', () => {
    const read = (url: string): unknown => loadConfig({ DATABASE_URL: url }).database;

    expect(read('file:/srv/agent.db')).toEqual({ kind: 'sqlite', file: '/srv/agent.db' });
    expect(read('file:///srv/a.db')).toEqual({ kind: 'sqlite', file: '/srv/a.db' });
    expect(read('file:var/a.db')).toEqual({ kind: 'sqlite', file: 'var/a.db' });
  });

  it('reports every mistake at once, with the name and the cure', () => {
    const text = mistakesIn({
      API_PORT: 'http',
      REPLY_QUIET: '-1',
      TZ: 'Brasilia',
      AI_DRY_RUN: '0',
      MEGA_API_TOKEN: 'mega-canary-0123456789',
    });

    expect(text).toContain('API_PORT: must be a whole number from 0 to 65535');
    expect(text).toContain('REPLY_QUIET: must be a number of seconds from 0 to 120');
    expect(text).toContain('TZ: must be a time zone such as America/Sao_Paulo');
    expect(text).toContain('OPENAI_API_KEY: is missing although AI_DRY_RUN=0');
    expect(text).toContain('MEGA_INSTANCE_ID: is missing, although MEGA_API_TOKEN is set');
  });

  it('takes v2.1’s own env file with its comments for the mistake that systemd makes of it', () => {
    const asSystemdReadsIt = {
      OPENAI_API_KEY: 'sk-canary-0123456789',
      MODEL_NAME: 'gpt-4o           # ou gpt-4o-mini',
      AI_DRY_RUN: '0                # 1 para respostas mock, 0 para IA real',
      API_HOST: '0.0.0.0',
      API_PORT: '8000',
      MEGA_API_BASE_URL: 'https://apistart01.megaapi.com.br',
      MEGA_API_TOKEN: 'mega-canary-0123456789',
      MEGA_INSTANCE_ID: 'megastart-1',
      IGNORE_FROM_ME: '1',
      DEDUP_TTL: '12',
      RAG_DIR: '/opt/whatsapp-agent/data',
      RAG_AUTO_RELOAD: '1',
      RAG_WATCH_INTERVAL: '3',
    };

    const lines = mistakesIn(asSystemdReadsIt).split('\n');

    expect(lines).toEqual([
      'The configuration has mistakes:',
      '  MODEL_NAME: holds " #", and a comment there counts as part of the value: put it on a line of its own',
      '  AI_DRY_RUN: holds " #", and a comment there counts as part of the value: put it on a line of its own',
    ]);
  });

  it.each(['RAG_DIR', 'PERSONA_FILE', 'DATABASE_URL', 'API_HOST', 'APOLOGY', 'NODE_ENV'])(
    'takes no comment for a part of %s',
    (name) => {
      expect(mistakesIn({ [name]: 'file:var/agent.db # disk' })).toContain(`${name}: holds " #"`);
    },
  );

  it.each(['OPENAI_API_KEY', 'MEGA_API_BASE_URL', 'MEGA_API_TOKEN', 'MEGA_INSTANCE_ID'])(
    'asks for %s in production',
    (name) => {
      expect(mistakesIn({ ...PRODUCTION, [name]: '' })).toContain(`${name}: is missing`);
    },
  );

  it('allows test answers in production when they are asked for', () => {
    const config = loadConfig({ ...PRODUCTION, OPENAI_API_KEY: '', AI_DRY_RUN: '1' });

    expect(config.ai.dryRun).toBe(true);
  });

  it.each([
    ['OPENAI_API_KEY', 'COLOQUE_SUA_CHAVE_AQUI'],
    ['MEGA_API_TOKEN', 'SEU_TOKEN'],
    ['MEGA_INSTANCE_ID', 'megastart-XXXXXX'],
    ['ADMIN_TOKEN', 'changeme'],
    ['ADMIN_TOKEN', 'has spaces in it, long enough'],
    ['DATABASE_URL', 'var/agent.db'],
    ['OPENAI_BASE_URL', 'localhost:11434'],
    ['IGNORE_PHONES', 'minha mãe'],
    ['IGNORE_PHONES', '120363041234567890@g.us'],
    ['AI_DRY_RUN', 'maybe'],
    ['NODE_ENV', 'prodution'],
    ['MODEL_NAME', 'gpt 4o'],
    ['API_HOST', '0.0.0.0 8000'],
    ['OPENAI_API_KEY', 'sk-canary 0123456789'],
    ['MEGA_API_TOKEN', 'mega canary'],
    ['MEGA_INSTANCE_ID', 'megastart 1'],
    ['OPENAI_BASE_URL', 'https://me:canary@models.example/v1'],
    ['MEGA_API_BASE_URL', 'https://canary@gateway.example'],
    ['TAKEOVER_MINUTES', '-1'],
    ['AGENT_OFF_WORD', 'x'],
    ['SEND_UNKNOWN', 'drop'],
  ])('refuses %s=%s and names it', (name, value) => {
    expect(mistakesIn({ [name]: value })).toContain(`${name}: `);
  });

  it('refuses one token for both doors, since the webhook’s stands in a URL', () => {
    const token = 'canary-0123456789abcdef';

    const text = mistakesIn({ WEBHOOK_TOKEN: token, ADMIN_TOKEN: token });

    expect(text).toContain('ADMIN_TOKEN: must differ from WEBHOOK_TOKEN');
  });

  it.each(['development', 'test'])('runs as a rehearsal with NODE_ENV=%s', (environment) => {
    expect(loadConfig({ NODE_ENV: environment }).production).toBe(false);
  });

  it.each(['WEBHOOK_TOKEN', 'ADMIN_TOKEN'])('refuses a short %s in production only', (name) => {
    expect(mistakesIn({ ...PRODUCTION, [name]: 'short' })).toContain(`${name}: must have at least`);
    expect(loadConfig({ [name]: 'short' }).production).toBe(false);
  });

  it('knows the list price of v2.1’s models, takes a price, and records none for the unknown', () => {
    expect(loadConfig({}).ai.price).toEqual({ tokensIn: 2.5, tokensCached: 1.25, tokensOut: 10 });
    expect(loadConfig({ LLM_PRICE: '1/0/2' }).ai.price).toEqual({
      tokensIn: 1,
      tokensCached: 0,
      tokensOut: 2,
    });
    expect(loadConfig({ MODEL_NAME: 'llama3' }).ai.price).toBeUndefined();
  });

  it.each(['2.5', '1/2', '1/2/3/4', 'a/b/c', '1/-1/2'])('refuses LLM_PRICE=%s', (value) => {
    expect(mistakesIn({ LLM_PRICE: value })).toContain('LLM_PRICE: must be three US dollar prices');
  });

  it('tells names that look like settings and are none, and no others', () => {
    const { unknownNames } = loadConfig({
      OPENAI_KEY: 'sk-canary-0123456789',
      MEGA_TOKEN: 'x',
      RAG_DIR: 'data',
      NODE_OPTIONS: '',
      PATH: '/bin',
      WEB_CONCURRENCY: '2',
    });

    expect(unknownNames).toEqual(['OPENAI_KEY', 'MEGA_TOKEN']);
  });

  it('never prints a secret', () => {
    const text = mistakesIn({
      ...PRODUCTION,
      ADMIN_TOKEN: 'adm-canary!',
      API_PORT: 'x',
      OPENAI_API_KEY: 'sk-canary # mine',
      OPENAI_BASE_URL: 'https://me:canary@models.example/v1',
    });

    expect(text).not.toContain('canary');
  });
});
