import { list, object, type Schema } from './openapi-schemas.ts';

const text: Schema = { type: 'string' };

/** What is shown of turns. */
export const TURN_SCHEMAS: Readonly<Record<string, Schema>> = {
  Turns: object({
    turns: list(
      object({
        id: { type: 'integer' },
        contact_id: { type: 'integer' },
        contact: text,
        ended_at: { type: 'string', format: 'date-time' },
        outcome: text,
        verdict: { type: ['string', 'null'], description: 'passed, rewritten or withheld.' },
        facts: list({
          ...object({
            kind: text,
            text: { type: 'string', description: 'As the answer writes it.' },
            source: { type: ['string', 'null'], description: 'Where it stands: a passage’s id.' },
            offence: { type: ['string', 'null'], description: 'Why it may not be said.' },
          }),
          description: 'Those of the last answer that the model gave.',
        }),
        passages: list(object({ id: text, score: { type: 'number' } })),
        knowledge_version: { type: ['string', 'null'] },
        model: { type: ['string', 'null'] },
        model_ms: { type: ['integer', 'null'] },
        tokens_in: { type: ['integer', 'null'] },
        tokens_out: { type: ['integer', 'null'] },
        cost: { type: ['number', 'null'], description: 'In US dollars.' },
        error: { type: ['string', 'null'] },
      }),
    ),
  }),
};
