import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { FastService } from '../support/fast-service.ts';
import { LoopbackMega } from '../support/loopback-mega.ts';
import { aCompletion, type ChatRequest } from '../support/loopback-open-ai.ts';
import {
  answer,
  answerJsonText,
  drip,
  halfBody,
  hang,
  resetAfterReading,
} from '../support/loopback-scripts.ts';
import { LoopbackServer, type Script } from '../support/loopback-server.ts';
import { eventually } from '../support/polling.ts';

/** States no fact, so that it leaves as it is whatever the knowledge says. */
const ANSWER = 'Claro, posso ajudar!';
const APOLOGY = 'Desculpe, já chamei a equipe.';
const WELL = aCompletion(ANSWER);

const LONGEST_MS = 60_000;

/** What is known of the turn at last, and what the customer got. */
interface End {
  readonly outcome: 'answered' | 'apologised';
  readonly error: string | null;
  readonly tries: number;
  readonly texts: readonly string[];
  /** The contact waits for a person. */
  readonly flagged: boolean;
}

/** A fault of the model: how it meets the first tries, the next ones are answered well. */
interface Fault {
  readonly name: string;
  readonly meetings: readonly (() => Script)[];
  readonly end: End;
  /** The last try begins so long after the first, ms. */
  readonly pauseMs?: number;
}

const always = (script: () => Script): readonly (() => Script)[] => [script, script, script];

function answeredAt(tries: number): End {
  return { outcome: 'answered', error: null, tries, texts: [ANSWER], flagged: false };
}

function apologisedAt(tries: number, error: string): End {
  return { outcome: 'apologised', error, tries, texts: [APOLOGY], flagged: true };
}

const later = (): Script =>
  answer(429, { error: { message: 'Slow down' } }, { 'retry-after': '2' });
const noCredit = (): Script =>
  answer(429, { error: { message: 'Quota', code: 'insufficient_quota' } });
const broken = (): Script => answer(500, { error: { message: 'Internal' } });
const refused = (): Script => answer(401, { error: { message: 'Incorrect API key' } });
const dripping = (): Script => drip('{"id":"chatcmpl-1","choices":[{"message":');
const cut = (): Script => halfBody(200, JSON.stringify(WELL).slice(0, 60));
const nonsense = (): Script => answerJsonText(200, '<html>ok</html>');
const empty = (): Script => answer(200, aCompletion(''));

const NOT_IN_TIME = 'unavailable: The model did not answer in time.';
const CUT_OFF = "unusable: The model's answer cannot be used: not JSON, or cut off on its way.";

const FAULTS: readonly Fault[] = [
  { name: 'nothing at all', meetings: [], end: answeredAt(1) },
  { name: 'one silence', meetings: [hang], end: answeredAt(2) },
  { name: 'nothing but silence', meetings: always(hang), end: apologisedAt(3, NOT_IN_TIME) },
  { name: 'one 429 with Retry-After', meetings: [later], end: answeredAt(2), pauseMs: 2_000 },
  {
    name: 'nothing but 429',
    meetings: always(later),
    end: apologisedAt(3, 'unavailable: The model answered with HTTP 429.'),
    pauseMs: 4_000,
  },
  {
    name: 'a 429 for want of credit',
    meetings: [noCredit],
    end: apologisedAt(
      1,
      "refused: The model refused the request with HTTP 429: the account's credit is used up.",
    ),
  },
  { name: 'one 500', meetings: [broken], end: answeredAt(2) },
  {
    name: 'nothing but 500',
    meetings: always(broken),
    end: apologisedAt(3, 'unavailable: The model answered with HTTP 500.'),
  },
  {
    name: 'a 401',
    meetings: [refused],
    end: apologisedAt(
      1,
      'refused: The model refused the request with HTTP 401: check OPENAI_API_KEY.',
    ),
  },
  { name: 'one body that does not end', meetings: [dripping], end: answeredAt(2) },
  {
    name: 'bodies that do not end',
    meetings: always(dripping),
    end: apologisedAt(3, NOT_IN_TIME),
  },
  { name: 'one cut body', meetings: [cut], end: answeredAt(2) },
  { name: 'nothing but cut bodies', meetings: always(cut), end: apologisedAt(3, CUT_OFF) },
  { name: 'one reset', meetings: [resetAfterReading], end: answeredAt(2) },
  { name: 'one page of HTML', meetings: [nonsense], end: answeredAt(2) },
  { name: 'one empty answer', meetings: [empty], end: answeredAt(2) },
];

/** Meets each contact's tries as its fault says; the contact's words are the fault's name. */
class FaultyModel {
  readonly #tries = new Map<string, number[]>();
  #server: LoopbackServer | undefined;

  async start(): Promise<void> {
    this.#server = await LoopbackServer.start(() => ({
      play: async (exchange) => {
        const { messages } = JSON.parse(exchange.request.body) as ChatRequest;
        await this.#meet(messages.at(-1)?.content ?? '').play(exchange);
      },
    }));
  }

  get url(): string {
    return `${this.#server?.url ?? ''}/v1`;
  }

  triesOf(name: string): readonly number[] {
    return this.#tries.get(name) ?? [];
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  #meet(name: string): Script {
    const earlier = this.triesOf(name);
    this.#tries.set(name, [...earlier, performance.now()]);
    const fault = FAULTS.find((candidate) => candidate.name === name);
    return fault?.meetings[earlier.length]?.() ?? answer(200, WELL);
  }
}

function jidOf(name: string): string {
  const index = FAULTS.findIndex((fault) => fault.name === name);
  return `55839888800${String(index).padStart(2, '0')}@s.whatsapp.net`;
}

describe('the service, when the model meets a turn with', () => {
  const model = new FaultyModel();
  let mega: LoopbackMega;
  let service: FastService;

  function endOf(name: string): End {
    const [row = {}] = service.rows(
      `SELECT turn.outcome, turn.error, contact.person_since IS NOT NULL AS flagged
       FROM turn JOIN contact ON contact.id = turn.contact_id
       WHERE contact.phone_jid = '${jidOf(name)}'`,
    );
    return {
      outcome: row['outcome'] as End['outcome'],
      error: row['error'] as string | null,
      tries: model.triesOf(name).length,
      texts: mega.sent.filter(({ to }) => to === jidOf(name)).map(({ text }) => text),
      flagged: row['flagged'] === 1,
    };
  }

  beforeAll(async () => {
    await model.start();
    mega = await LoopbackMega.start();
    service = await FastService.start({
      megaUrl: mega.url,
      openAiUrl: model.url,
      speed: 1,
      settings: { OPENAI_TIMEOUT: '1', APOLOGY },
    });
    await Promise.all(FAULTS.map(({ name }) => service.receive(jidOf(name), name)));
    await eventually(
      'every reply to be sent',
      () => (mega.sent.length >= FAULTS.length ? true : undefined),
      LONGEST_MS,
    );
  }, LONGEST_MS);
  afterAll(async () => {
    await service.stop();
    await Promise.all([model.close(), mega.close()]);
  });

  it.each(FAULTS)('$name', ({ name, end, pauseMs = 0 }) => {
    const tries = model.triesOf(name);

    expect(endOf(name)).toEqual(end);
    expect((tries.at(-1) ?? 0) - (tries[0] ?? 0)).toBeGreaterThanOrEqual(pauseMs);
  });

  it('no fault, while others wait for it: that contact is answered first', () => {
    expect(mega.sent[0]).toMatchObject({ to: jidOf('nothing at all'), text: ANSWER });
  });
});
