import { APIConnectionTimeoutError, APIError, type OpenAI } from 'openai';

import { type Clock } from '../../../application/ports/outbound/clock.ts';
import {
  type Embedded,
  type Embedder,
  EmbeddingError,
} from '../../../application/ports/outbound/embedder.ts';
import { AnswerTooLargeError, fetchAtMost } from './bounded-fetch.ts';
import { readEmbeddings } from './embedding-answer.ts';
import { baseUrlOf, type OpenAiAccess, openAiClient } from './open-ai-client.ts';

/** How the model is reached. */
export interface OpenAiEmbedderOptions extends OpenAiAccess {
  readonly model: string;
}

/** A server that writes numbers out takes 20 bytes for each: 64 vectors of 4,096 are 5 MB. */
const MAX_ANSWER_BYTES = 8 * 1_024 * 1_024;

/** Statuses that another try may change; from 500 on they all are. */
const PASSING = new Set([408, 409, 429]);

/** What the operator can do, by HTTP status. */
const HINTS: Readonly<Record<number, string>> = {
  400: 'check EMBEDDING_MODEL',
  401: 'check OPENAI_API_KEY',
  403: 'check what OPENAI_API_KEY may do',
  404: 'check EMBEDDING_MODEL and OPENAI_BASE_URL',
};

/** Embeds through `POST /embeddings`, one try a call. */
export class OpenAiEmbedder implements Embedder {
  readonly model: string;
  private readonly api: OpenAI;

  constructor(
    private readonly options: OpenAiEmbedderOptions,
    private readonly clock: Clock,
  ) {
    this.model = `${options.model} ${baseUrlOf(options)}`;
    this.api = openAiClient(options, { fetch: fetchAtMost(MAX_ANSWER_BYTES) });
  }

  async embed(texts: readonly string[], withinMs: number, signal?: AbortSignal): Promise<Embedded> {
    const tooLate = new AbortController();
    const done = new AbortController();
    void this.clock.sleep(withinMs, done.signal).then(() => {
      tooLate.abort();
    });
    try {
      const answer: unknown = await this.api.embeddings.create(
        // Numbers in the shorter form: a third of the bytes.
        { model: this.options.model, input: [...texts], encoding_format: 'base64' },
        {
          signal: signal === undefined ? tooLate.signal : AbortSignal.any([tooLate.signal, signal]),
        },
      );
      return readEmbeddings(answer, texts.length);
    } catch (error) {
      throw tooLate.signal.aborted ? late() : toEmbeddingError(error);
    } finally {
      done.abort();
    }
  }
}

/** Neither the SDK's message nor its cause is kept: they may quote the request, the key's beginning or the answer. */
function toEmbeddingError(thrown: unknown): EmbeddingError {
  if (thrown instanceof EmbeddingError) return thrown;
  if (thrown instanceof APIConnectionTimeoutError) return late();
  if (thrown instanceof AnswerTooLargeError) return unusable('they are larger than 8 MB');
  if (!(thrown instanceof APIError)) return unusable('not JSON, or cut off on their way');
  const { status } = thrown as { readonly status: number | undefined };
  return status === undefined ? unreachable() : byStatus(status);
}

function unreachable(): EmbeddingError {
  const message =
    'The embedding model could not be reached; check the network and OPENAI_BASE_URL.';
  return new EmbeddingError('unavailable', message);
}

function byStatus(status: number): EmbeddingError {
  if (PASSING.has(status) || status >= 500) {
    return new EmbeddingError('unavailable', `The embedding model answered with HTTP ${status}.`);
  }
  const hint = HINTS[status] ?? 'check OPENAI_BASE_URL';
  return new EmbeddingError(
    'refused',
    `The embedding model refused the request with HTTP ${status}: ${hint}.`,
  );
}

function late(): EmbeddingError {
  return new EmbeddingError('unavailable', 'The embedding model did not answer in time.');
}

function unusable(why: string): EmbeddingError {
  return new EmbeddingError('unusable', `The embeddings cannot be used: ${why}.`);
}
