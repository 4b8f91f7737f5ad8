import { answer } from './loopback-scripts.ts';
import { LoopbackServer, type RecordedRequest, type Script } from './loopback-server.ts';

/** What an adapter asks for. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly [option: string]: unknown;
}

export interface LoopbackOpenAiOptions {
  /** The answer's text; by default a fixed sentence. May take its time. */
  readonly respond?: (request: ChatRequest) => string | Promise<string>;
  /** What a text means, as a vector; by default nothing is embedded. */
  readonly embed?: (text: string) => readonly number[];
}

/** Stands in for an OpenAI-compatible server: answers Chat Completions, and fails as scripted. */
export class LoopbackOpenAi {
  private readonly scripts: Script[] = [];
  private server!: LoopbackServer;

  private constructor(private readonly options: LoopbackOpenAiOptions) {}

  static async start(options: LoopbackOpenAiOptions = {}): Promise<LoopbackOpenAi> {
    const openAi = new LoopbackOpenAi(options);
    openAi.server = await LoopbackServer.start((request) => openAi.choose(request));
    return openAi;
  }

  /** What goes into OPENAI_BASE_URL. */
  get url(): string {
    return `${this.server.url}/v1`;
  }

  get requests(): readonly RecordedRequest[] {
    return this.server.requests;
  }

  /** What was asked for, request by request. */
  get asked(): readonly ChatRequest[] {
    return this.server.requests.map(({ body }) => JSON.parse(body) as ChatRequest);
  }

  /** Meets the next requests so, one script each; what comes after them is answered well. */
  script(...scripts: readonly Script[]): void {
    this.scripts.push(...scripts);
  }

  received(count: number): Promise<void> {
    return this.server.received(count);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private choose({ path }: RecordedRequest): Script {
    if (path === '/v1/embeddings') return this.scripts.shift() ?? this.embed();
    if (path !== '/v1/chat/completions') return answer(404, { error: { message: 'Not Found' } });
    return this.scripts.shift() ?? this.respond();
  }

  private embed(): Script {
    return {
      play: async (exchange) => {
        const { input } = JSON.parse(exchange.request.body) as { readonly input: string[] };
        const { embed = (): readonly number[] => [] } = this.options;
        await answer(200, someEmbeddings(input.map(embed))).play(exchange);
      },
    };
  }

  private respond(): Script {
    return {
      play: async (exchange) => {
        const request = JSON.parse(exchange.request.body) as ChatRequest;
        const text = (await this.options.respond?.(request)) ?? 'O curso custa R$ 100.';
        await answer(200, aCompletion(text, { model: request.model })).play(exchange);
      },
    };
  }
}

/** A whole answer of a Chat Completions server. */
export function aCompletion(
  content: string | null,
  {
    model = 'gpt-4o-2024-08-06',
    finishReason = 'stop',
    refusal = null,
  }: {
    readonly model?: string;
    readonly finishReason?: string;
    readonly refusal?: string | null;
  } = {},
): Readonly<Record<string, unknown>> {
  const message = { role: 'assistant', content, refusal };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_790_000_000,
    model,
    choices: [{ index: 0, message, finish_reason: finishReason, logprobs: null }],
    usage: {
      prompt_tokens: 120,
      completion_tokens: 8,
      total_tokens: 128,
      prompt_tokens_details: { cached_tokens: 64 },
    },
  };
}

/** A whole answer of an embeddings server, in the shorter form. */
export function someEmbeddings(
  vectors: readonly (readonly number[])[],
): Readonly<Record<string, unknown>> {
  const data = vectors.map((vector, index) => {
    const bytes = Buffer.alloc(vector.length * 4);
    for (const [at, value] of vector.entries()) bytes.writeFloatLE(value, at * 4);
    return { object: 'embedding', index, embedding: bytes.toString('base64') };
  });
  const usage = { prompt_tokens: 7 * vectors.length, total_tokens: 7 * vectors.length };
  return { object: 'list', data, model: 'text-embedding-3-small', usage };
}
