import {
  ok,
  type Parameter,
  type Paths,
  problems,
  REFUSED,
  STORE_BUSY,
} from './openapi-operation.ts';

const ID_PARAMETER: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'As the list shows it: turn-7, reply-12.',
  schema: { type: 'string' },
};

const PAGE_PARAMETERS: readonly Parameter[] = [
  {
    name: 'limit',
    in: 'query',
    required: false,
    description: 'How many; 50 when left out.',
    schema: { type: 'integer', minimum: 1, maximum: 200 },
  },
  {
    name: 'cursor',
    in: 'query',
    required: false,
    description: 'The next_cursor of the page before.',
    schema: { type: 'string' },
  },
  {
    name: 'full',
    in: 'query',
    required: false,
    description: '1 shows the numbers in full, and the texts.',
    schema: { type: 'string', enum: ['1'] },
  },
];

const UNKNOWN = 'There is no such dead letter, or not any more.';

/** The routes about turns and replies that were given up. */
export const DEAD_LETTER_PATHS: Paths = {
  '/dead-letters': {
    get: {
      summary: 'Turns and replies that were given up and wait for a decision, the newest first',
      parameters: PAGE_PARAMETERS,
      responses: {
        ...ok('A page of them.', 'DeadLetters'),
        ...REFUSED,
        ...problems({ '400': 'limit or cursor cannot be one.' }),
        ...STORE_BUSY,
      },
    },
  },
  '/dead-letters/{id}/retry': {
    post: {
      summary: 'Answers the turn, or sends the reply, anew',
      description: 'A held reply may have arrived: then the contact gets it twice.',
      parameters: [ID_PARAMETER],
      responses: {
        ...ok('It is due.', 'Retried'),
        ...REFUSED,
        ...problems({
          '400': 'The id cannot be one.',
          '404': UNKNOWN,
          '409': 'A person has the conversation; the agent may say nothing.',
        }),
        ...STORE_BUSY,
      },
    },
  },
  '/dead-letters/{id}/dismiss': {
    post: {
      summary: 'Takes it off the list: a person has looked after it',
      parameters: [ID_PARAMETER],
      responses: {
        ...ok('It is off the list.', 'Dismissed'),
        ...REFUSED,
        ...problems({ '400': 'The id cannot be one.', '404': UNKNOWN }),
        ...STORE_BUSY,
      },
    },
  },
};
