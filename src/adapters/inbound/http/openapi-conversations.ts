import {
  json,
  ok,
  type Parameter,
  type Paths,
  problems,
  REFUSED,
  STORE_BUSY,
} from './openapi-operation.ts';

const PHONE_PARAMETER: Parameter = {
  name: 'phone',
  in: 'path',
  required: true,
  description: 'The number with its country code, or an address (@s.whatsapp.net, @lid).',
  schema: { type: 'string' },
};

const ID_PARAMETER: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description:
    "The contact's id, its number with the country code, or an address (@s.whatsapp.net, @lid).",
  schema: { type: 'string' },
};

const TURN_PARAMETERS: readonly Parameter[] = [
  {
    name: 'limit',
    in: 'query',
    required: false,
    description: 'How many; 20 when left out.',
    schema: { type: 'integer', minimum: 1, maximum: 200 },
  },
  {
    name: 'contact',
    in: 'query',
    required: false,
    description: "Only those of one contact, by the contact's id.",
    schema: { type: 'integer', minimum: 1 },
  },
  {
    name: 'verdict',
    in: 'query',
    required: false,
    description: 'Only those of which the fact lock said so.',
    schema: { type: 'string', enum: ['passed', 'rewritten', 'withheld'] },
  },
  {
    name: 'full',
    in: 'query',
    required: false,
    description: '1 shows numbers and e-mail addresses in full.',
    schema: { type: 'string', enum: ['1'] },
  },
];

const UNKNOWN = 'Nobody is known by it.';

/** The routes about what is said with contacts, and by whom. */
export const CONVERSATION_PATHS: Paths = {
  '/reset-conversation/{phone}': {
    post: {
      summary: 'Forgets what was said with one contact',
      parameters: [PHONE_PARAMETER],
      responses: {
        ...ok('There is no history now.', 'Reset'),
        ...REFUSED,
        ...problems({ '400': 'The phone cannot be one.' }),
        ...STORE_BUSY,
      },
    },
  },
  '/conversations/{id}/pause': {
    post: {
      summary: 'Silences the agent for one contact: a person looks after it',
      description:
        'Unsent replies are cancelled; what the contact has written or writes meanwhile is kept and never answered.',
      parameters: [ID_PARAMETER],
      requestBody: { required: false, ...json('PauseRequest') },
      responses: {
        ...ok('The agent is silent.', 'Paused'),
        ...REFUSED,
        ...problems({ '400': 'The id or minutes cannot be one.', '404': UNKNOWN }),
        ...STORE_BUSY,
      },
    },
  },
  '/conversations/{id}/resume': {
    post: {
      summary: 'Lets the agent answer what the contact writes next',
      parameters: [ID_PARAMETER],
      responses: {
        ...ok('The agent answers.', 'Resumed'),
        ...REFUSED,
        ...problems({ '400': 'The id cannot be one.', '404': UNKNOWN }),
        ...STORE_BUSY,
      },
    },
  },
  '/conversation-stats': {
    get: {
      summary:
        'The conversations in figures, who waits for a person, and whom the agent leaves to one',
      parameters: [
        {
          name: 'full',
          in: 'query',
          required: false,
          description: '1 shows the numbers in full.',
          schema: { type: 'string', enum: ['1'] },
        },
      ],
      responses: { ...ok('The figures.', 'Statistics'), ...REFUSED, ...STORE_BUSY },
    },
  },
  '/turns': {
    get: {
      summary: 'The newest turns: what each answer stated, and in which passage it stands',
      parameters: TURN_PARAMETERS,
      responses: {
        ...ok('The turns, the newest first.', 'Turns'),
        ...REFUSED,
        ...problems({ '400': 'limit, contact or verdict cannot be one.' }),
        ...STORE_BUSY,
      },
    },
  },
};
