import { HEALTH_KINDS } from '../../../domain/knowledge/health/health-notice.ts';

/** The part of JSON Schema that the document uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly $ref?: string;
}

/** An object of which every property is always there. */
export function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', properties, required: Object.keys(properties) };
}

/** The same with others that may be absent. */
function objectWith(required: Schema, optional: Readonly<Record<string, Schema>>): Schema {
  return { ...required, properties: { ...required.properties, ...optional } };
}

export function list(items: Schema): Schema {
  return { type: 'array', items };
}

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };
const flag: Schema = { type: 'boolean' };
const instant: Schema = { type: 'string', format: 'date-time' };
const until: Schema = {
  type: ['string', 'null'],
  format: 'date-time',
  description: 'null: until it is resumed.',
};
const version: Schema = {
  type: 'string',
  description: 'Hash of the knowledge: equal in all processes that read the same files.',
};

const figure: Schema = { type: 'number', minimum: 0 };
const soughtTerm: Schema = object({
  word: text,
  term: text,
  weight: figure,
  origin: {
    type: 'string',
    enum: ['typed', 'unknown', 'spelling', 'variant', 'synonym'],
    description:
      'typed: the corpus has it; unknown: it has nothing like it; spelling: taken for a word of the corpus; variant, synonym: near to what is meant.',
  },
});
const embeddings: Schema = objectWith(
  object({
    state: { type: 'string', enum: ['not_needed', 'too_many', 'working', 'ready', 'failing'] },
    embedded: { ...count, description: 'Passages that can be found by meaning.' },
  }),
  { failure: { type: 'string', enum: ['unavailable', 'refused', 'unusable'] } },
);
const notice: Schema = {
  type: 'object',
  properties: { file: text, line: { type: 'integer', minimum: 1 }, message: text },
  required: ['file', 'message'],
};

const questions: Readonly<Record<string, Schema>> = {
  checked: count,
  failed: count,
  failures: list(notice),
  mistakes: { ...list(notice), description: 'Lines of their files that cannot be read.' },
};

/** The bodies that the routes take and give, by name. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  Problem: {
    type: 'object',
    description: 'RFC 9457. Some problems carry further members, named where they occur.',
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: text,
      request_id: { type: 'string', description: 'Also in the log, and in X-Request-Id.' },
      errors: list(object({ field: text, message: text })),
    },
    required: ['type', 'title', 'status', 'detail', 'request_id'],
  },
  Receipt: {
    oneOf: [
      object({ status: { const: 'processing' } }),
      object({
        status: { const: 'ignored' },
        reason: {
          type: 'string',
          description: 'Such as invalid_json, own_message, no_phone_or_text or duplicate.',
        },
      }),
    ],
  },
  Health: object({
    status: { const: 'ok' },
    version: text,
    ai_mode: { type: 'string', enum: ['DRY_RUN', 'REAL'] },
    context_loaded: flag,
    mega_configured: flag,
    mega_connected: { type: ['boolean', 'null'], description: 'null until it is known.' },
    knowledge: objectWith(
      object({
        version,
        documents: count,
        passages: count,
        files_skipped: count,
        questions: { ...count, description: 'Golden questions.' },
        questions_failed: count,
        change_refused: {
          type: 'boolean',
          description:
            'Whether the files say something else than what is served, which they would make worse.',
        },
      }),
      { embeddings },
    ),
    inbox_depth: { ...count, description: 'Messages that wait for an answer.' },
    outbox_depth: { ...count, description: 'Replies that have not ended.' },
    dead_letters: {
      ...count,
      description: 'Turns and replies that were given up and wait for a decision.',
    },
    sending_paused: flag,
  }),
  Live: object({ status: { const: 'ok' } }),
  Ready: object({ status: { const: 'ready' } }),
  MessageToSend: object({
    phone: {
      type: 'string',
      description: '8 to 15 digits with the country code, or an address (@s.whatsapp.net, @lid).',
    },
    message: { type: 'string', minLength: 1, maxLength: 65_536 },
  }),
  Sent: object({
    status: { const: 'sent' },
    phone: text,
    message: { type: 'string', description: 'The first 60 characters.' },
    id: { type: 'integer' },
  }),
  SandboxMessages: object({ messages: list(object({ to: text, text, at: instant })) }),
  Reloaded: object({
    status: { const: 'ok' },
    context_len: { ...count, description: 'Length of the served text in characters.' },
    version,
    documents: count,
    passages: count,
    files_skipped: list(object({ file: text, reason: text })),
    questions: { ...object(questions), description: 'What the golden questions found.' },
    changed: { type: 'boolean', description: 'Whether another version is served than before.' },
  }),
  KnowledgeHealth: object({
    version,
    notices: list({
      ...notice,
      properties: { ...notice.properties, kind: { type: 'string', enum: HEALTH_KINDS } },
      required: ['kind', 'file', 'message'],
    }),
    questions: object({ ...questions, refused: flag }),
    unanswered: {
      ...object({ days: count, count, questions: list(object({ question: text, count })) }),
      description:
        'What customers asked in so many days that the texts did not answer, without what tells who asked.',
    },
  }),
  Preview: object({ preview: text, len: count, version }),
  Found: object({
    query: text,
    version,
    whole_corpus_fits: {
      ...flag,
      description: 'The model is shown every passage, whatever is asked.',
    },
    passages: list(
      object({ id: text, file: text, title: text, section: text, score: figure, excerpt: text }),
    ),
    words: list(object({ word: text, meant: list(soughtTerm), near: list(soughtTerm) })),
  }),
  Reset: object({ status: { const: 'reset' }, phone: text }),
  PauseRequest: {
    type: 'object',
    properties: {
      minutes: {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: 525_600,
        description: 'How long; left out: until it is resumed.',
      },
    },
  },
  Paused: object({ status: { const: 'paused' }, contact_id: { type: 'integer' }, until }),
  Resumed: object({ status: { const: 'resumed' }, contact_id: { type: 'integer' } }),
  DeadLetters: object({
    total: { ...count, description: 'How many there are in all.' },
    dead_letters: list({
      ...object({
        id: { type: 'string', description: 'turn-7, reply-12.' },
        kind: { type: 'string', enum: ['turn', 'reply'] },
        state: {
          type: 'string',
          enum: ['failed', 'held'],
          description: 'held: nobody knows whether it arrived.',
        },
        contact: text,
        contact_id: { type: 'integer' },
        reason: { type: 'string', description: 'For the owner.' },
        error: { type: ['string', 'null'], description: 'What the model or the gateway said.' },
        since: instant,
      }),
      description: 'With full=1 also text.',
    }),
    next_cursor: { type: ['string', 'null'], description: 'null: this is the last page.' },
  }),
  Retried: object({ status: { const: 'retried' }, id: text, contact_id: { type: 'integer' } }),
  Dismissed: object({ status: { const: 'dismissed' }, id: text, contact_id: { type: 'integer' } }),
  Statistics: object({
    active_conversations: count,
    total_messages: count,
    history_window: { ...count, description: 'How many exchanges the model is shown.' },
    conversations: {
      type: 'object',
      description: 'How many messages each conversation has, by its number.',
      additionalProperties: count,
    },
    waiting_for_person: list(object({ contact: text, reason: text, since: instant })),
    paused: list(
      object({
        contact: text,
        id: { type: 'integer' },
        by: { type: 'string', enum: ['person', 'word', 'request'] },
        until,
      }),
    ),
  }),
};
