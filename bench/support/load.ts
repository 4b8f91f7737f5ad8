import autocannon, { type Client, type Options, type Request, type Result } from 'autocannon';
import { contactJid, textMessageBody } from './webhook-bodies.ts';

export const CONNECTIONS = 50;
export const CONTACTS = 1_000;

export interface Load {
  readonly url: string;
  readonly seconds: number;
  /** Requests per second over all connections; without it as many as the server takes. */
  readonly rate?: number;
  /** Posts one body again and again; without it each message is another one, of 1,000 contacts in turn. */
  readonly body?: string;
  /** What each answer must be; by default that the message is being processed. */
  readonly answer?: string;
}

export interface LoadResult {
  readonly perSecond: number;
  /** Answered as expected. */
  readonly acknowledged: number;
  /** Put on the wire; what was in flight at the end has no answer. */
  readonly sent: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

/** Posts messages over 50 connections. @throws Error when a single answer is not the expected one. */
export async function applyLoad(load: Load): Promise<LoadResult> {
  const { url, seconds, answer = '{"status":"processing"}' } = load;
  let connection = 0;
  const result = await autocannon({
    url: `${url}/webhook`,
    connections: CONNECTIONS,
    duration: seconds,
    expectBody: answer,
    ...(load.rate === undefined ? {} : { overallRate: load.rate }),
    ...(load.body === undefined ? distinct(() => connection++) : same(load.body)),
  });
  const wrong = result.non2xx + result.errors + result.timeouts + result.mismatches;
  if (wrong > 0) throw new Error(`${wrong} answers of ${url} were not "${answer}"`);
  return summary(result);
}

function summary(result: Result): LoadResult {
  const { latency } = result;
  const acknowledged = result['2xx'];
  return {
    perSecond: acknowledged / result.duration,
    acknowledged,
    sent: result.requests.sent,
    p50: latency.p50,
    p99: latency.p99,
    worst: latency.max,
  };
}

function same(body: string): Partial<Options> {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body };
}

/** autocannon writes a new id for `[<id>]` before each request, so ids and texts never come twice. */
function distinct(nextConnection: () => number): Partial<Options> {
  const setupClient = (client: Client): void => {
    client.setRequests(requestsOf(nextConnection()));
  };
  return { idReplacement: true, setupClient };
}

function requestsOf(connection: number): Request[] {
  const perConnection = CONTACTS / CONNECTIONS;
  return Array.from({ length: perConnection }, (_, index) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: textMessageBody({
      jid: contactJid(connection * perConnection + index),
      id: '3EB0[<id>]',
      text: 'Bom dia! Quanto custa o curso de eletricista, e quando começa a turma da noite? [<id>]',
    }),
  }));
}
