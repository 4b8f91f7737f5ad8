import { join } from 'node:path';
import { type z } from 'zod';
import { listPrice, type ModelPrice } from '../domain/cost.ts';
import { aliasesOf, type Alias } from '../domain/contact.ts';
import { type UnknownSendPolicy } from '../domain/delivery.ts';
import { type TakeoverPolicy } from '../domain/takeover.ts';
import { type DatabaseLocation } from './database-location.ts';
import { commentedValues, mistakesAcross, Variables } from './environment.ts';
import { unknownSettings } from './unknown-settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const KnowledgeVariables = Variables.pick({
  RAG_DIR: true,
  PERSONA_FILE: true,
  RAG_AUTO_RELOAD: true,
  RAG_WATCH_INTERVAL: true,
  RAG_CONTEXT_TOKENS: true,
  KNOWLEDGE_GATE: true,
  QUERY_REWRITE: true,
});

/** Everything that can be set, checked. Durations are in ms. */
export interface Config {
  readonly production: boolean;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
  readonly timeZone: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly webhookToken?: string;
    readonly adminToken?: string;
  };
  readonly ai: {
    readonly dryRun: boolean;
    readonly apiKey?: string;
    readonly baseUrl?: string;
    readonly model: string;
    /** Absent: passages are found by their words alone. */
    readonly embeddingModel?: string;
    readonly timeoutMs: number;
    readonly maxTokens: number;
    readonly temperature?: number;
    readonly concurrency: number;
    readonly dailyTokens?: number;
    /** Absent: what a turn costs is not recorded. */
    readonly price?: ModelPrice;
  };
  /** Absent: the sandbox stands in. */
  readonly mega?: { readonly baseUrl: string; readonly token: string };
  /** MEGA_INSTANCE_ID. Absent (sandbox only): messages of any instance are taken. */
  readonly instance?: string;
  readonly knowledge: {
    readonly folder: string;
    readonly personaFile: string;
    readonly autoReload: boolean;
    readonly watchMs: number;
    readonly contextTokens: number;
    readonly gate: 'warn' | 'block';
    /** QUERY_REWRITE is not off. */
    readonly rewording: boolean;
  };
  /** DATABASE_URL. */
  readonly database: DatabaseLocation;
  /** When no more messages are taken, and how long what was said is kept. */
  readonly limits: {
    readonly inboxMax: number;
    readonly minFreeBytes: number;
    readonly ballastBytes: number;
    readonly historyMs: number;
  };
  readonly conversation: {
    readonly quietMs: number;
    readonly maxWaitMs: number;
    readonly dedupTtlMs: number;
    readonly maxAgeMs: number;
    readonly ignoreFromMe: boolean;
    readonly ignoredContacts: ReadonlySet<Alias>;
    readonly takeover: TakeoverPolicy;
    readonly sendUnknown: UnknownSendPolicy;
    readonly repliesPerHour: number;
    readonly askForText: string;
    readonly apology: string;
    readonly safeAnswer: string;
  };
  /** Names in the environment that look like settings and are none. */
  readonly unknownNames: readonly string[];
}

/** The environment cannot be run with; the message lists every mistake with its cure, and no secret. */
export class InvalidConfigError extends Error {
  override readonly name = 'InvalidConfigError';
}

/**
 * Reads the whole configuration at once, so that every mistake in it is reported together.
 *
 * @throws InvalidConfigError
 */
export function loadConfig(environment: Environment): Config {
  const given = withoutBlanks(environment);
  const { data, error } = Variables.safeParse(given);
  const commented = commentedValues(given);
  const isExplained = new Set(commented.map(([name]) => name));
  const mistakes = [
    ...commented,
    ...[
      ...(error?.issues.map(({ path, message }) => [path.join('.'), message] as const) ?? []),
      ...mistakesAcross(given),
    ].filter(([name]) => !isExplained.has(name)),
  ];
  if (data !== undefined && mistakes.length === 0) {
    return { ...toConfig(data), unknownNames: unknownSettings(given) };
  }
  const lines = mistakes.map(([name, message]) => `  ${name}: ${message}`);
  throw new InvalidConfigError(`The configuration has mistakes:\n${lines.join('\n')}`);
}

/**
 * Reads where everything is kept, for commands that need nothing else.
 *
 * @throws InvalidConfigError
 */
export function loadDatabaseLocation(environment: Environment): DatabaseLocation {
  return checked(Variables.pick({ DATABASE_URL: true }), environment).DATABASE_URL;
}

/**
 * Reads where the knowledge is and how it is served, for commands that need nothing else.
 *
 * @throws InvalidConfigError
 */
export function loadKnowledgeConfig(environment: Environment): Config['knowledge'] {
  return knowledgeConfig(checked(KnowledgeVariables, environment));
}

/**
 * Reads the shop's time zone, for commands that need nothing else.
 *
 * @throws InvalidConfigError
 */
export function loadTimeZone(environment: Environment): string {
  return checked(Variables.pick({ TZ: true }), environment).TZ;
}

function checked<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): z.infer<Schema> {
  const { data, error } = schema.safeParse(withoutBlanks(environment));
  if (data !== undefined) return data;
  const mistakes = error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  throw new InvalidConfigError(mistakes.join('\n'));
}

/** `NAME=` in an env file means "not set" to everybody who writes one. */
function withoutBlanks(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || value.trim() === '' ? [] : [[name, value]],
    ),
  );
}

function toConfig(env: Variables): Omit<Config, 'unknownNames'> {
  return {
    production: env.NODE_ENV === 'production',
    logLevel: env.LOG_LEVEL,
    timeZone: env.TZ,
    http: {
      host: env.API_HOST,
      port: env.API_PORT,
      ...optional('webhookToken', env.WEBHOOK_TOKEN),
      ...optional('adminToken', env.ADMIN_TOKEN),
    },
    ai: aiConfig(env),
    ...optional('mega', megaConfig(env)),
    ...optional('instance', env.MEGA_INSTANCE_ID),
    knowledge: knowledgeConfig(env),
    database: env.DATABASE_URL,
    limits: {
      inboxMax: env.INBOX_MAX,
      minFreeBytes: env.DISK_MIN_FREE,
      ballastBytes: env.DISK_BALLAST,
      historyMs: env.HISTORY_DAYS,
    },
    conversation: conversationConfig(env),
  };
}

function knowledgeConfig(env: z.infer<typeof KnowledgeVariables>): Config['knowledge'] {
  return {
    folder: env.RAG_DIR,
    personaFile: env.PERSONA_FILE ?? join(env.RAG_DIR, 'persona.md'),
    autoReload: env.RAG_AUTO_RELOAD,
    watchMs: env.RAG_WATCH_INTERVAL,
    contextTokens: env.RAG_CONTEXT_TOKENS,
    gate: env.KNOWLEDGE_GATE,
    rewording: env.QUERY_REWRITE === 'auto',
  };
}

function aiConfig(env: Variables): Config['ai'] {
  return {
    dryRun: env.AI_DRY_RUN ?? env.OPENAI_API_KEY === undefined,
    ...optional('apiKey', env.OPENAI_API_KEY),
    ...optional('baseUrl', env.OPENAI_BASE_URL),
    model: env.MODEL_NAME,
    ...optional('embeddingModel', env.EMBEDDING_MODEL),
    timeoutMs: env.OPENAI_TIMEOUT,
    maxTokens: env.LLM_MAX_TOKENS,
    ...optional('temperature', env.LLM_TEMPERATURE),
    concurrency: env.LLM_CONCURRENCY,
    ...optional('dailyTokens', env.LLM_DAILY_TOKENS),
    ...optional('price', env.LLM_PRICE ?? listPrice(env.MODEL_NAME)),
  };
}

function megaConfig(env: Variables): Config['mega'] {
  const { MEGA_API_BASE_URL: baseUrl, MEGA_API_TOKEN: token } = env;
  return baseUrl === undefined || token === undefined ? undefined : { baseUrl, token };
}

function conversationConfig(env: Variables): Config['conversation'] {
  return {
    quietMs: env.REPLY_QUIET,
    maxWaitMs: env.REPLY_MAX_WAIT,
    dedupTtlMs: env.DEDUP_TTL,
    maxAgeMs: env.MAX_MESSAGE_AGE,
    ignoreFromMe: env.IGNORE_FROM_ME,
    ignoredContacts: new Set(env.IGNORE_PHONES.flatMap(aliasesOf)),
    takeover: {
      takeoverMs: env.TAKEOVER_MINUTES,
      words: { off: env.AGENT_OFF_WORD, on: env.AGENT_ON_WORD },
    },
    sendUnknown: env.SEND_UNKNOWN,
    repliesPerHour: env.REPLIES_PER_HOUR,
    askForText: env.ASK_FOR_TEXT,
    apology: env.APOLOGY,
    safeAnswer: env.SAFE_ANSWER,
  };
}

/** `{ [name]: value }`, or nothing where the value is absent. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}
