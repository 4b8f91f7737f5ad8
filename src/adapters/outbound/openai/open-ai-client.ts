import { OpenAI } from 'openai';

const OPENAI_URL = 'https://api.openai.com/v1';

/** How the server is reached. */
export interface OpenAiAccess {
  readonly apiKey: string;
  /** A compatible server instead of OpenAI's own (Ollama, vLLM, a proxy). */
  readonly baseUrl?: string;
}

/** Where requests go. */
export function baseUrlOf({ baseUrl }: OpenAiAccess): string {
  return baseUrl ?? OPENAI_URL;
}

/**
 * The SDK without what it does of its own accord: no hidden retries (it makes two), nothing taken from
 * the environment or printed, no redirect followed.
 *
 * @param fetch - Bounds what is read of an answer.
 */
export function openAiClient(
  access: OpenAiAccess,
  { fetch, timeoutMs }: { readonly fetch: typeof globalThis.fetch; readonly timeoutMs?: number },
): OpenAI {
  return new OpenAI({
    apiKey: access.apiKey,
    baseURL: baseUrlOf(access),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    maxRetries: 0,
    // What is left out here, it takes from the environment, or prints.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    fetch,
    // A redirect would carry the shop's and its customers' words to a host that nobody configured.
    fetchOptions: { redirect: 'manual' },
  });
}
