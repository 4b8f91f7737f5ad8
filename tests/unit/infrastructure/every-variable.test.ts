import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../../src/infrastructure/config.ts';
import { VARIABLE_NAMES } from '../../../src/infrastructure/environment.ts';

/** Each variable with a value that no other has. */
const ALL_SET = {
  NODE_ENV: 'test',
  TZ: 'America/Manaus',
  LOG_LEVEL: 'warn',
  API_HOST: '127.0.0.2',
  API_PORT: '8001',
  WEBHOOK_TOKEN: 'door-1',
  ADMIN_TOKEN: 'door-2',
  OPENAI_API_KEY: 'sk-1',
  OPENAI_BASE_URL: 'http://model.example/v1',
  OPENAI_TIMEOUT: '31',
  MODEL_NAME: 'model-1',
  EMBEDDING_MODEL: 'model-2',
  AI_DRY_RUN: '0',
  LLM_MAX_TOKENS: '32',
  LLM_TEMPERATURE: '0.33',
  LLM_CONCURRENCY: '34',
  LLM_DAILY_TOKENS: '35',
  LLM_PRICE: '36/37/38',
  MEGA_API_BASE_URL: 'http://mega.example',
  MEGA_API_TOKEN: 'mega-1',
  MEGA_INSTANCE_ID: 'instance-1',
  RAG_DIR: 'texts',
  PERSONA_FILE: 'me.md',
  RAG_AUTO_RELOAD: '0',
  RAG_WATCH_INTERVAL: '41',
  RAG_CONTEXT_TOKENS: '420',
  KNOWLEDGE_GATE: 'block',
  QUERY_REWRITE: 'off',
  DATABASE_URL: 'file:there.db',
  INBOX_MAX: '51',
  DISK_MIN_FREE: '52',
  DISK_BALLAST: '53',
  HISTORY_DAYS: '54',
  REPLY_QUIET: '61',
  REPLY_MAX_WAIT: '62',
  DEDUP_TTL: '63',
  MAX_MESSAGE_AGE: '64',
  IGNORE_FROM_ME: '0',
  IGNORE_PHONES: '5583988887777',
  TAKEOVER_MINUTES: '65',
  AGENT_OFF_WORD: '#off',
  AGENT_ON_WORD: '#on',
  SEND_UNKNOWN: 'hold',
  REPLIES_PER_HOUR: '66',
  ASK_FOR_TEXT: 'ask',
  APOLOGY: 'sorry',
  SAFE_ANSWER: 'safe',
};

describe('loadConfig', () => {
  it('puts each variable in its place', () => {
    const config = loadConfig(ALL_SET);

    expect(config).toEqual({
      production: false,
      logLevel: 'warn',
      timeZone: 'America/Manaus',
      http: { host: '127.0.0.2', port: 8001, webhookToken: 'door-1', adminToken: 'door-2' },
      ai: {
        dryRun: false,
        apiKey: 'sk-1',
        baseUrl: 'http://model.example/v1',
        model: 'model-1',
        embeddingModel: 'model-2',
        timeoutMs: 31_000,
        maxTokens: 32,
        temperature: 0.33,
        concurrency: 34,
        dailyTokens: 35,
        price: { tokensIn: 36, tokensCached: 37, tokensOut: 38 },
      },
      mega: { baseUrl: 'http://mega.example', token: 'mega-1' },
      instance: 'instance-1',
      knowledge: {
        folder: 'texts',
        personaFile: 'me.md',
        autoReload: false,
        watchMs: 41_000,
        contextTokens: 420,
        gate: 'block',
        rewording: false,
      },
      database: { kind: 'sqlite', file: 'there.db' },
      limits: {
        inboxMax: 51,
        minFreeBytes: 52_000_000,
        ballastBytes: 53_000_000,
        historyMs: 54 * 86_400_000,
      },
      conversation: {
        quietMs: 61_000,
        maxWaitMs: 62_000,
        dedupTtlMs: 63_000,
        maxAgeMs: 64_000,
        ignoreFromMe: false,
        ignoredContacts: new Set(['phone:5583988887777']),
        takeover: { takeoverMs: 65 * 60_000, words: { off: '#off', on: '#on' } },
        sendUnknown: 'hold',
        repliesPerHour: 66,
        askForText: 'ask',
        apology: 'sorry',
        safeAnswer: 'safe',
      },
      unknownNames: [],
    });
  });

  it('knows no variable that this test does not set', () => {
    expect(Object.keys(ALL_SET).toSorted()).toEqual(VARIABLE_NAMES.toSorted());
  });
});
