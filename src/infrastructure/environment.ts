import { z } from 'zod';
import { typedIdentity } from '../domain/contact.ts';
import { isSameWord } from '../domain/takeover.ts';
import { readDatabaseUrl } from './database-location.ts';

/** What the shipped examples and v2.1's guide put where a secret belongs. */
const EXAMPLE_SECRETS =
  /^(?:coloque_sua_chave_aqui|seu_token|megastart-x+|change-?me|secret|troque.*|sua_chave.*|your[-_].*)$/iu;

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['on', true],
  ['sim', true],
  ['0', false],
  ['false', false],
  ['no', false],
  ['off', false],
  ['não', false],
  ['nao', false],
]);

const bool = z.string().transform((text, context) => {
  const value = BOOLEANS.get(text.trim().toLowerCase());
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message: 'must be 1 (yes) or 0 (no)' });
  return z.NEVER;
});

function number(low: number, high: number, what: string): z.ZodType<number, string> {
  return z.string().transform((text, context) => {
    const value = Number(text.trim());
    if (Number.isFinite(value) && value >= low && value <= high) return value;
    context.addIssue({ code: 'custom', message: `must be ${what} from ${low} to ${high}` });
    return z.NEVER;
  });
}

function integer(low: number, high: number): z.ZodType<number, string> {
  return number(low, high, 'a whole number').refine(Number.isInteger, 'must be a whole number');
}

/** Plain seconds, decimals allowed, as ms. */
function seconds(low: number, high: number): z.ZodType<number, string> {
  return number(low, high, 'a number of seconds').transform((value) => Math.round(value * 1000));
}

/** Plain minutes, decimals allowed, as ms. */
function minutes(low: number, high: number): z.ZodType<number, string> {
  return number(low, high, 'a number of minutes').transform((value) => Math.round(value * 60_000));
}

/** Plain days, decimals allowed, as ms. */
function days(low: number, high: number): z.ZodType<number, string> {
  return number(low, high, 'a number of days').transform((value) => Math.round(value * 86_400_000));
}

/** Plain megabytes (10^6 bytes), as bytes. */
function megabytes(low: number, high: number): z.ZodType<number, string> {
  return number(low, high, 'a number of MB').transform((value) => Math.round(value * 1_000_000));
}

/** What the owner types as a whole message. */
const agentWord = z
  .string()
  .trim()
  .refine((word) => /^[^\n]{2,40}$/u.test(word), 'must be 2 to 40 characters in one line');

/** A name, key or number: something that was pasted along with it shows by the space before it. */
const word = z
  .string()
  .trim()
  .refine((value) => /^\S+$/u.test(value), 'must be one word, without spaces in it');

const secret = word.refine(
  (value) => !EXAMPLE_SECRETS.test(value),
  'still holds the text of the example; put the real value there',
);

/** Guards a door and may stand in a URL. */
const doorToken = secret.refine(
  (value) => /^[\w.~-]+$/u.test(value),
  'may hold letters, digits, "-", "_", "." and "~" only; `openssl rand -hex 24` makes one',
);

/** Shorter ones can be guessed; a rehearsal on one's own machine may have them. */
const DOOR_TOKEN_LENGTH = 16;

const url = z
  .url({ protocol: /^https?$/u, message: 'must be a URL that begins with http:// or https://' })
  // It stands in the log and in what start-up prints.
  .refine(
    (value) => !/^https?:\/\/[^/?#]*@/iu.test(value),
    'must not hold a user name or password; the key has a variable of its own',
  )
  .transform((value) => value.replace(/\/+$/u, ''));

const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as America/Sao_Paulo');

const databaseUrl = z.string().transform((text, context) => {
  const location = readDatabaseUrl(text.trim());
  if (typeof location !== 'string') return location;
  context.addIssue({ code: 'custom', message: location });
  return z.NEVER;
});

/** US dollars for a million tokens, `in/cached/out`. */
const price = z.string().transform((text, context) => {
  const [tokensIn, tokensCached, tokensOut, ...more] = text.split('/').map(Number);
  const isPrice = [tokensIn, tokensCached, tokensOut].every((value) => (value ?? NaN) >= 0);
  if (isPrice && more.length === 0) {
    return { tokensIn: tokensIn ?? 0, tokensCached: tokensCached ?? 0, tokensOut: tokensOut ?? 0 };
  }
  context.addIssue({
    code: 'custom',
    message:
      'must be three US dollar prices of a million tokens, in/cached/out, such as 2.5/1.25/10',
  });
  return z.NEVER;
});

const phones = z.string().transform((text, context) => {
  const list = text
    .split(/[,;\n]/u)
    .map((phone) => phone.trim())
    .filter((phone) => phone !== '');
  const people = list.map(typedIdentity).filter((identity) => identity !== undefined);
  if (people.length === list.length) return people;
  context.addIssue({
    code: 'custom',
    message:
      'must be phone numbers with country code, or addresses ending in @lid, separated by commas, such as 5583988887777',
  });
  return z.NEVER;
});

/** The owner reads Portuguese; a word that no sentence holds by chance. */
const AGENT_WORDS = { off: '#pausar', on: '#voltar' } as const;

/** Every variable that is read, by its name; the names and defaults of v2.1 are kept. */
export const Variables = z.object({
  NODE_ENV: z
    .enum(
      ['production', 'development', 'test'],
      'must be production on a server, otherwise development or test',
    )
    .optional(),
  TZ: timeZone.default('America/Sao_Paulo'),
  LOG_LEVEL: z
    .enum(['error', 'warn', 'info', 'debug'], 'must be error, warn, info or debug')
    .default('info'),
  API_HOST: word.default('0.0.0.0'),
  API_PORT: integer(0, 65_535).default(8000),
  WEBHOOK_TOKEN: doorToken.optional(),
  ADMIN_TOKEN: doorToken.optional(),
  OPENAI_API_KEY: secret.optional(),
  OPENAI_BASE_URL: url.optional(),
  OPENAI_TIMEOUT: seconds(0.1, 90).default(30_000),
  MODEL_NAME: word.default('gpt-4o'),
  EMBEDDING_MODEL: word.optional(),
  AI_DRY_RUN: bool.optional(),
  LLM_MAX_TOKENS: integer(16, 100_000).default(1024),
  LLM_TEMPERATURE: number(0, 2, 'a number').optional(),
  LLM_CONCURRENCY: integer(1, 1000).default(64),
  LLM_DAILY_TOKENS: integer(1, 1_000_000_000_000).optional(),
  LLM_PRICE: price.optional(),
  MEGA_API_BASE_URL: url.optional(),
  MEGA_API_TOKEN: secret.optional(),
  MEGA_INSTANCE_ID: secret.optional(),
  RAG_DIR: z.string().default('data'),
  RAG_AUTO_RELOAD: bool.default(true),
  RAG_WATCH_INTERVAL: seconds(0.1, 3600).default(3000),
  RAG_CONTEXT_TOKENS: integer(200, 1_000_000).default(8000),
  QUERY_REWRITE: z.enum(['auto', 'off'], 'must be auto or off').default('auto'),
  PERSONA_FILE: z.string().optional(),
  KNOWLEDGE_GATE: z.enum(['warn', 'block'], 'must be warn or block').default('warn'),
  DATABASE_URL: databaseUrl.default({ kind: 'sqlite', file: 'var/agent.db' }),
  INBOX_MAX: integer(1, 10_000_000).default(10_000),
  DISK_MIN_FREE: megabytes(0, 10_000_000).default(500_000_000),
  DISK_BALLAST: megabytes(0, 10_000).default(64_000_000),
  HISTORY_DAYS: days(1, 3650).default(7_776_000_000),
  IGNORE_FROM_ME: bool.default(true),
  IGNORE_PHONES: phones.default([]),
  DEDUP_TTL: seconds(0, 86_400).default(12_000),
  MAX_MESSAGE_AGE: seconds(1, 31_536_000).default(21_600_000),
  REPLY_QUIET: seconds(0, 120).default(2000),
  REPLY_MAX_WAIT: seconds(0, 600).default(15_000),
  TAKEOVER_MINUTES: minutes(0, 525_600).default(3_600_000),
  AGENT_OFF_WORD: agentWord.default(AGENT_WORDS.off),
  AGENT_ON_WORD: agentWord.default(AGENT_WORDS.on),
  SEND_UNKNOWN: z
    .enum(['resend_once', 'hold'], 'must be resend_once or hold')
    .default('resend_once'),
  REPLIES_PER_HOUR: integer(1, 10_000).default(30),
  ASK_FOR_TEXT: z
    .string()
    .default(
      'Recebi sua mensagem, mas por enquanto só consigo ler texto. Pode me escrever, por favor?',
    ),
  APOLOGY: z
    .string()
    .default('Desculpe, não consegui responder agora. Deixei sua conversa marcada para a equipe.'),
  SAFE_ANSWER: z.string().default('Vou confirmar esse valor com a equipe e já te respondo.'),
});

/** The names of all variables, in the order of the documentation. */
export const VARIABLE_NAMES = Object.keys(Variables.shape);

export type Variables = z.infer<typeof Variables>;

type Given = Readonly<Record<string, string>>;

/** What is wrong with how variables go together, as pairs of a name and the cure. */
export function mistakesAcross(given: Given): readonly (readonly [string, string])[] {
  return [
    ...aiMistakes(given),
    ...megaMistakes(given),
    ...weakTokens(given),
    ...sharedToken(given),
    ...wordMistakes(given),
  ];
}

/**
 * Values with a comment behind them, as pairs of a name and the cure. systemd's `EnvironmentFile`
 * takes such a comment for a part of the value; v2.1's guide has two.
 */
export function commentedValues(given: Given): readonly (readonly [string, string])[] {
  return VARIABLE_NAMES.filter((name) => /\s#/u.test(given[name] ?? '')).map((name) => [
    name,
    'holds " #", and a comment there counts as part of the value: put it on a line of its own',
  ]);
}

function aiMistakes(given: Given): [string, string][] {
  const dryRun = BOOLEANS.get(given['AI_DRY_RUN']?.trim().toLowerCase() ?? '');
  if (given['OPENAI_API_KEY'] !== undefined || dryRun === true) return [];
  const cure = 'set the key, or AI_DRY_RUN=1 for test answers without AI';
  if (dryRun === false) {
    return [['OPENAI_API_KEY', `is missing although AI_DRY_RUN=0; ${cure}`]];
  }
  return given['NODE_ENV'] === 'production'
    ? [['OPENAI_API_KEY', `is missing, and NODE_ENV is production; ${cure}`]]
    : [];
}

function megaMistakes(given: Given): [string, string][] {
  const isProduction = given['NODE_ENV'] === 'production';
  // A base URL or an instance alone is harmless: the sandbox stands in, and start-up says so.
  if (given['MEGA_API_TOKEN'] === undefined && !isProduction) return [];
  const why = isProduction ? 'and NODE_ENV is production' : 'although MEGA_API_TOKEN is set';
  return ['MEGA_API_BASE_URL', 'MEGA_API_TOKEN', 'MEGA_INSTANCE_ID']
    .filter((name) => given[name] === undefined)
    .map((name) => [name, `is missing, ${why}; the Mega API panel shows it`]);
}

function weakTokens(given: Given): [string, string][] {
  if (given['NODE_ENV'] !== 'production') return [];
  return ['WEBHOOK_TOKEN', 'ADMIN_TOKEN']
    .filter((name) => (given[name]?.trim().length ?? DOOR_TOKEN_LENGTH) < DOOR_TOKEN_LENGTH)
    .map((name) => [
      name,
      `must have at least ${DOOR_TOKEN_LENGTH} characters in production; \`openssl rand -hex 24\` makes one`,
    ]);
}

function sharedToken(given: Given): [string, string][] {
  const token = given['ADMIN_TOKEN']?.trim();
  return token === undefined || token !== given['WEBHOOK_TOKEN']?.trim()
    ? []
    : [['ADMIN_TOKEN', 'must differ from WEBHOOK_TOKEN, which stands in a URL that others see']];
}

function wordMistakes(given: Given): [string, string][] {
  const off = given['AGENT_OFF_WORD'] ?? AGENT_WORDS.off;
  const on = given['AGENT_ON_WORD'] ?? AGENT_WORDS.on;
  return isSameWord(off, on) ? [['AGENT_ON_WORD', 'must be another word than AGENT_OFF_WORD']] : [];
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('pt-BR', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
