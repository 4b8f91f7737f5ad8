import axios from 'axios';
import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { watchedAgents } from './watched-connection.ts';

export interface MegaRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs: number;
  /** The longest answer that is read, bytes. */
  readonly maxBytes: number;
}

/** How a request ended. Nothing of it names the token, the contact or the text. */
export type MegaResponse =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfter?: string;
      readonly text: string;
    }
  /** No connection came about: nothing of the request has left. */
  | { readonly kind: 'not_connected'; readonly reason: string }
  /** The connection stood, and no whole answer came: the request may have been carried out. */
  | { readonly kind: 'no_answer'; readonly reason: string };

/** How long the connection may take, TLS handshake included, ms. */
const CONNECT_TIMEOUT_MS = 5_000;

const ERROR_CODE = /^[A-Z][A-Z0-9_]{2,40}$/u;

/** Carries requests to Mega, each on a connection of its own, following no redirect and no proxy. */
export class MegaHttp {
  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
    private readonly clock: Clock,
  ) {}

  /** Never rejects. axios' errors hold the whole request, token included, and go no further. */
  async send(request: MegaRequest): Promise<MegaResponse> {
    const cancel = new AbortController();
    const progress = { connected: false, tooLate: false };
    const startedAt = this.clock.monotonic();
    const giveUp = (): void => {
      progress.tooLate = true;
      cancel.abort();
    };
    const connecting = this.limit(CONNECT_TIMEOUT_MS, giveUp);
    const whole = this.limit(request.timeoutMs, giveUp);
    const onReady = (): void => {
      // After a process stood still, the connection is heard of before the timers are: too late to send.
      if (this.clock.monotonic() - startedAt >= CONNECT_TIMEOUT_MS) {
        giveUp();
        return;
      }
      progress.connected = true;
      connecting.stop();
    };
    try {
      return await this.exchange(request, cancel.signal, onReady);
    } catch (error) {
      const reason = progress.tooLate ? 'time-out' : reasonOf(error);
      return { kind: progress.connected ? 'no_answer' : 'not_connected', reason };
    } finally {
      connecting.stop();
      whole.stop();
    }
  }

  private async exchange(
    request: MegaRequest,
    signal: AbortSignal,
    onReady: () => void,
  ): Promise<MegaResponse> {
    const { data, headers, status } = await axios.request<string>({
      method: request.method,
      url: `${this.baseUrl.replace(/\/+$/u, '')}${request.path}`,
      ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
      headers: {
        Authorization: `Bearer ${this.token}`,
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'User-Agent': 'whatsapp-ai-agent',
      },
      signal,
      ...watchedAgents(onReady),
      proxy: false,
      maxRedirects: 0,
      maxContentLength: request.maxBytes,
      responseType: 'text',
      // The text is read where it can be judged; axios would hand on unreadable JSON as a string.
      transformResponse: [],
      validateStatus: () => true,
    });
    const retryAfter: unknown = headers['retry-after'];
    return {
      kind: 'answered',
      status,
      text: data,
      ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
    };
  }

  private limit(ms: number, giveUp: () => void): { readonly stop: () => void } {
    const stopped = new AbortController();
    void this.clock.sleep(ms, stopped.signal).then(() => {
      if (!stopped.signal.aborted) giveUp();
    });
    return {
      stop: () => {
        stopped.abort();
      },
    };
  }
}

/** The error's code alone (`ECONNREFUSED`): messages name addresses, and axios' errors the request. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && ERROR_CODE.test(code) ? code : 'connection failed';
}
