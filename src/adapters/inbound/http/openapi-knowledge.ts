import {
  ok,
  type Parameter,
  type Paths,
  problems,
  REFUSED,
  STORE_BUSY,
} from './openapi-operation.ts';

const PREVIEW_PARAMETER: Parameter = {
  name: 'n',
  in: 'query',
  required: false,
  description: 'How many characters; 1500 when left out.',
  schema: { type: 'integer', minimum: 0, maximum: 8_000 },
};

const QUERY_PARAMETER: Parameter = {
  name: 'q',
  in: 'query',
  required: true,
  description: "A question in a customer's words.",
  schema: { type: 'string', minLength: 1, maxLength: 4_000 },
};

const LIMIT_PARAMETER: Parameter = {
  name: 'k',
  in: 'query',
  required: false,
  description: 'How many passages at most; 8 when left out.',
  schema: { type: 'integer', minimum: 1, maximum: 40 },
};

/** The routes that show and reload the knowledge. */
export const KNOWLEDGE_PATHS: Paths = {
  '/reload-context': {
    post: {
      summary: 'Reads the knowledge files again, in every process',
      responses: {
        ...ok('What is served now.', 'Reloaded'),
        ...REFUSED,
        ...problems({
          '409':
            'KNOWLEDGE_GATE=block: the change breaks golden questions (questions), so what was served before (version) is still served.',
          '500': 'Nothing was reloaded; what was served before (version) is still served.',
        }),
      },
    },
  },
  '/context/preview': {
    get: {
      summary: 'The beginning of what is served',
      parameters: [PREVIEW_PARAMETER],
      responses: {
        ...ok('The text.', 'Preview'),
        ...REFUSED,
        ...problems({ '400': 'n is no whole number from 0 to 8000.' }),
      },
    },
  },
  '/context/health': {
    get: {
      summary: 'What the owner should look at in the knowledge',
      description: 'In Brazilian Portuguese, with file and line and what to do.',
      responses: { ...ok('What was found.', 'KnowledgeHealth'), ...REFUSED, ...STORE_BUSY },
    },
  },
  '/context/search': {
    get: {
      summary: 'What a question finds, and why',
      description:
        'Ranks whether or not the model is shown the whole corpus. Each word carries what was looked for in its place.',
      parameters: [QUERY_PARAMETER, LIMIT_PARAMETER],
      responses: {
        ...ok('The best passages, best first.', 'Found'),
        ...REFUSED,
        ...problems({ '400': 'q is missing or too long, or k is no whole number from 1 to 40.' }),
      },
    },
  },
};
