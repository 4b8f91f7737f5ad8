import { CONVERSATION_PATHS } from './openapi-conversations.ts';
import { DEAD_LETTER_PATHS } from './openapi-dead-letters.ts';
import { KNOWLEDGE_PATHS } from './openapi-knowledge.ts';
import {
  json,
  ok,
  type Operation,
  type Parameter,
  type Paths,
  problems,
  REFUSED,
  STORE_BUSY,
} from './openapi-operation.ts';
import { SCHEMAS, type Schema } from './openapi-schemas.ts';
import { TURN_SCHEMAS } from './openapi-turns.ts';

interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly security: NonNullable<Operation['security']>;
  readonly paths: Paths;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
}

const WEBHOOK: Operation = {
  summary: 'Takes what the gateway delivers',
  description:
    'Answers once what has to be kept is on disk. The body is JSON, whatever its content type says.',
  security: [{ webhookToken: [] }],
  requestBody: { required: true, content: { '*/*': { schema: {} } } },
  responses: {
    ...ok('Taken, or ignored for a reason.', 'Receipt'),
    ...problems({
      '401': 'WEBHOOK_TOKEN is set, and the URL does not carry it.',
      '413': 'The body is larger than 256 kB.',
      '503': 'It could not be stored; send it again.',
    }),
  },
};

const TOKEN_PARAMETER: Parameter = {
  name: 'token',
  in: 'path',
  required: true,
  description: 'The value of WEBHOOK_TOKEN.',
  schema: { type: 'string' },
};

const WEBHOOK_PATHS: Paths = {
  '/webhook': { post: WEBHOOK },
  '/webhook/{token}': { post: { ...WEBHOOK, security: [], parameters: [TOKEN_PARAMETER] } },
};

const HEALTH_PATHS: Paths = {
  '/health': {
    get: {
      summary: "The service's own state",
      security: [],
      responses: { ...ok('Alive.', 'Health'), ...STORE_BUSY },
    },
  },
  '/health/live': {
    get: {
      summary: 'Whether the process runs',
      security: [],
      responses: ok('It does.', 'Live'),
    },
  },
  '/health/ready': {
    get: {
      summary: 'Whether the process can take messages',
      security: [],
      responses: { ...ok('It can.', 'Ready'), ...problems({ '503': 'Not now.' }) },
    },
  },
};

const MESSAGE_PATHS: Paths = {
  '/send-message': {
    post: {
      summary: 'Sends a message that a person of the business wrote',
      description: 'Waits for the gateway for at most 15 s. The message enters the history.',
      requestBody: { required: true, ...json('MessageToSend') },
      responses: {
        ...ok('The gateway has taken it.', 'Sent'),
        ...REFUSED,
        ...problems({
          '400': 'A field is missing or wrong; errors names it.',
          '413': 'The body is larger than 256 kB.',
          '502': 'Not sent (outcome: failed), or not known (outcome: unknown); id is its number.',
        }),
        ...STORE_BUSY,
      },
    },
  },
  '/mega-status': {
    get: {
      summary: 'What Mega API says of the instance',
      responses: {
        '200': {
          description: "The gateway's own answer.",
          content: { 'application/json': { schema: {} } },
        },
        ...REFUSED,
        ...problems({ '400': 'Mega API is not configured.', '502': 'It could not be asked.' }),
      },
    },
  },
  '/sandbox/messages': {
    get: {
      summary: 'What the sandbox took in place of the gateway, the newest last',
      responses: {
        ...ok('The messages.', 'SandboxMessages'),
        ...REFUSED,
        ...problems({ '404': 'There is no sandbox: a real gateway is at work.' }),
      },
    },
  },
};

const METRICS_PATH: Paths = {
  '/metrics': {
    get: {
      summary: 'What all processes together have measured, for Prometheus',
      responses: {
        '200': {
          description: 'Text exposition format 0.0.4.',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        ...REFUSED,
        ...STORE_BUSY,
      },
    },
  },
};

const DOCUMENT_PATH: Paths = {
  '/openapi.json': {
    get: {
      summary: 'This document',
      responses: {
        '200': {
          description: 'OpenAPI 3.1.',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
        ...REFUSED,
      },
    },
  },
};

/** The description of every route. */
export function openApiDocument(version: string): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'WhatsApp AI Agent',
      version,
      description: "Answers a shop's customers on WhatsApp from the owner's own text files.",
    },
    security: [{ adminToken: [] }],
    paths: {
      ...WEBHOOK_PATHS,
      ...HEALTH_PATHS,
      ...MESSAGE_PATHS,
      ...KNOWLEDGE_PATHS,
      ...CONVERSATION_PATHS,
      ...DEAD_LETTER_PATHS,
      ...METRICS_PATH,
      ...DOCUMENT_PATH,
    },
    components: {
      schemas: { ...SCHEMAS, ...TURN_SCHEMAS },
      securitySchemes: {
        adminToken: { type: 'http', scheme: 'bearer', description: 'ADMIN_TOKEN' },
        webhookToken: { type: 'apiKey', in: 'query', name: 'token', description: 'WEBHOOK_TOKEN' },
      },
    },
  };
}
