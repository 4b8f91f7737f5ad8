import { type Schema } from './openapi-schemas.ts';

interface Content {
  readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
}

/** One method of one route. */
export interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content & { readonly required: boolean };
  readonly responses: Readonly<Record<string, { readonly description: string } & Partial<Content>>>;
}

/** The operations of every route. */
export type Paths = Readonly<
  Record<string, { readonly get?: Operation; readonly post?: Operation }>
>;

type Responses = Operation['responses'];

/** A body of the named schema. */
export function json(schema: string): Content {
  return {
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
  };
}

/** The one good answer. */
export function ok(description: string, schema: string): Responses {
  return { '200': { description, ...json(schema) } };
}

/** What may go wrong, by status. */
export function problems(descriptions: Readonly<Record<string, string>>): Responses {
  const content = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  };
  return Object.fromEntries(
    Object.entries(descriptions).map(([status, description]) => [status, { description, content }]),
  );
}

/** What every admin route may answer. */
export const REFUSED = problems({
  '401': 'ADMIN_TOKEN is missing or wrong; without one: not a direct caller from loopback.',
  '429': 'Too many wrong tokens from this address; Retry-After says when to come back.',
});

/** What every route that asks the store may answer. */
export const STORE_BUSY = problems({ '503': 'The store could not be asked in time. Try again.' });
