import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { FastService } from '../support/fast-service.ts';
import { LoopbackOpenAi } from '../support/loopback-open-ai.ts';
import {
  answer,
  answerJsonText,
  halfBody,
  hang,
  resetAfterReading,
  resetBeforeReading,
} from '../support/loopback-scripts.ts';
import { LoopbackServer, type Script } from '../support/loopback-server.ts';
import { eventually } from '../support/polling.ts';
import { freePort } from '../support/project.ts';

const CUSTOMER = '558388887777@s.whatsapp.net';
/** States no fact, so that it leaves as it is whatever the knowledge says. */
const ANSWER = 'Claro, posso ajudar!';
const SEND = '/sendMessage/';

/** Store time passes so much faster than ours. */
const SPEED = 4;
/** A time-out of the gateway is real time, 10 s; where it is met, the store's clock keeps step with it. */
const REAL_TIME = 1;

const LONGEST_MS = 60_000;

/** How the gateway meets a send: what it says, and whether the customer has the text. */
interface Meeting {
  readonly says: () => Script;
  readonly takes: boolean;
  /** It reports the send back. */
  readonly echoes?: boolean;
}

/** What is known of the reply at last, and what the customer got. */
interface End {
  readonly state: 'sent' | 'failed' | 'held';
  readonly how?: 'response' | 'echo';
  readonly attempt: number;
  readonly resends: number;
  readonly copies: number;
  /** The contact waits for a person. */
  readonly flagged: boolean;
}

/** A fault: how the first sends are met (the next ones are taken and confirmed), and what comes of it. */
interface Fault {
  readonly name: string;
  readonly meetings: readonly Meeting[];
  readonly end: End;
  /** The last send begins so long after the answer was made, ms of store time. */
  readonly pauseMs?: number;
  /** It can be reached only when it was tried in vain. */
  readonly opensLate?: boolean;
  readonly speed?: number;
}

const CONFIRMED: End = {
  state: 'sent',
  how: 'response',
  attempt: 1,
  resends: 0,
  copies: 1,
  flagged: false,
};
const SETTLED_BY_ECHO: End = { ...CONFIRMED, how: 'echo' };
const TRIED_AGAIN: End = { ...CONFIRMED, attempt: 2 };
const SENT_AGAIN: End = { ...CONFIRMED, attempt: 2, resends: 1 };
const FAILED: End = {
  state: 'failed',
  attempt: 1,
  resends: 0,
  copies: 0,
  flagged: true,
};

const FIRST_WINDOW_MS = 15_000;
const BLOCKED_MS = 60_000;

/** What leaves it open whether the text was taken. */
const UNCLEAR: readonly (readonly [name: string, says: () => Script])[] = [
  ['200 with error: true', () => answer(200, { error: true, message: 'falhou' })],
  ['200 without an id', () => answer(200, { error: false })],
  ['200 with nonsense', () => answerJsonText(200, '<html>ok</html>')],
  ['half of a 200', () => halfBody(200, '{"error":false,"messageData":{"key":{"id":"X')],
  ['500', () => answer(500, { error: true })],
  ['502', () => answer(502, 'Bad Gateway')],
  ['503 without Retry-After', () => answer(503, 'Service Unavailable')],
  ['504', () => answer(504, 'Gateway Timeout')],
  ['a reset after the request', resetAfterReading],
];

const FAULTS: readonly Fault[] = [
  { name: '200 with an id', meetings: [], end: CONFIRMED },
  ...UNCLEAR.map(([name, says]) => ({
    name: `${name}, although it was taken, with an echo`,
    meetings: [{ says, takes: true, echoes: true }],
    end: SETTLED_BY_ECHO,
  })),
  ...UNCLEAR.map(([name, says]) => ({
    name: `${name}, and it was not taken`,
    meetings: [{ says, takes: false }],
    end: SENT_AGAIN,
    pauseMs: FIRST_WINDOW_MS,
  })),
  {
    name: 'no connection at first',
    meetings: [],
    opensLate: true,
    end: TRIED_AGAIN,
    pauseMs: 1_000,
  },
  {
    name: 'a reset before the request was read',
    meetings: [{ says: resetBeforeReading, takes: false }],
    end: SENT_AGAIN,
    pauseMs: FIRST_WINDOW_MS,
  },
  {
    name: 'silence, although it was taken, with an echo',
    meetings: [{ says: hang, takes: true, echoes: true }],
    end: SETTLED_BY_ECHO,
    speed: REAL_TIME,
  },
  {
    name: 'silence, and it was not taken',
    meetings: [{ says: hang, takes: false }],
    end: SENT_AGAIN,
    pauseMs: FIRST_WINDOW_MS,
    speed: REAL_TIME,
  },
  {
    name: 'no clear answer and no echo, although it was taken: the one copy too many',
    meetings: [{ says: resetAfterReading, takes: true }],
    end: { ...SENT_AGAIN, copies: 2 },
    pauseMs: FIRST_WINDOW_MS,
  },
  {
    name: 'no clear answer twice',
    meetings: [
      { says: resetAfterReading, takes: false },
      { says: resetAfterReading, takes: false },
    ],
    end: { state: 'held', attempt: 2, resends: 1, copies: 0, flagged: true },
    pauseMs: FIRST_WINDOW_MS,
  },
  ...[400, 413, 422].map((status) => ({
    name: String(status),
    meetings: [{ says: () => answer(status, { error: true }), takes: false }],
    end: FAILED,
  })),
  ...[401, 403, 404].map((status) => ({
    name: `${status}, until somebody has acted`,
    meetings: [{ says: () => answer(status, { error: true }), takes: false }],
    end: TRIED_AGAIN,
    pauseMs: BLOCKED_MS,
  })),
  ...[429, 503].map((status) => ({
    name: `${status} with Retry-After`,
    meetings: [{ says: () => answer(status, 'Later', { 'retry-after': '20' }), takes: false }],
    end: TRIED_AGAIN,
    pauseMs: 20_000,
  })),
  {
    name: '429 without Retry-After',
    meetings: [{ says: () => answer(429, 'Later'), takes: false }],
    end: TRIED_AGAIN,
    pauseMs: 1_000,
  },
];

/** A gateway, and the service that meets it. */
class Trial {
  readonly received: string[] = [];
  #sends = 0;
  #service: FastService | undefined;
  #gateway: LoopbackServer | undefined;

  constructor(
    private readonly fault: Fault,
    private readonly openAi: LoopbackOpenAi,
  ) {}

  async run(): Promise<void> {
    const { opensLate = false, speed = SPEED } = this.fault;
    const port = await freePort();
    if (!opensLate) await this.#open(port);
    const megaUrl = `http://127.0.0.1:${port}`;
    this.#service = await FastService.start({ megaUrl, openAiUrl: this.openAi.url, speed });
    await this.#service.receive(CUSTOMER, 'Vocês abrem hoje?');
    if (opensLate) await this.#missed().then(() => this.#open(port));
    await eventually(
      `${this.fault.name} to come to its end`,
      () => (['sent', 'failed', 'held'].includes(String(this.#row['state'])) ? true : undefined),
      LONGEST_MS,
    );
  }

  get end(): End {
    const { state, how, attempt, resends, flagged } = this.#row;
    return {
      state: state as End['state'],
      ...(how === null ? {} : { how: how as 'response' }),
      attempt: Number(attempt),
      resends: Number(resends),
      copies: this.received.length,
      flagged: flagged === 1,
    };
  }

  /** From the reply's making to the last send, ms of store time. */
  get pauseMs(): number {
    return Number(this.#row['pause']);
  }

  async close(): Promise<void> {
    await this.#service?.stop();
    await this.#gateway?.close();
  }

  get #row(): Readonly<Record<string, unknown>> {
    const [row] =
      this.#service?.rows(
        `SELECT state, how, attempt, resends, started_at - outbox.created_at AS pause, last_error, person_since IS NOT NULL AS flagged
       FROM outbox JOIN contact ON contact.id = outbox.contact_id`,
      ) ?? [];
    return row ?? {};
  }

  async #open(port: number): Promise<void> {
    this.#gateway = await LoopbackServer.start(
      ({ path }) => (path.includes(SEND) ? this.#meet() : answer(200, { error: false })),
      port,
    );
  }

  /** Waits for a send that came to nothing. */
  #missed(): Promise<unknown> {
    const error = (): unknown => this.#row['last_error'] ?? undefined;
    return eventually('a send to fail', error, LONGEST_MS);
  }

  #meet(): Script {
    const meeting = this.fault.meetings[this.#sends];
    this.#sends += 1;
    const id = `MEGA${this.#sends}`;
    const says =
      meeting?.says() ?? answer(200, { error: false, messageData: { key: { fromMe: true, id } } });
    if (meeting?.takes === false) return says;
    return {
      play: async (exchange) => {
        const { text } = (JSON.parse(exchange.request.body) as { messageData: { text: string } })
          .messageData;
        this.received.push(text);
        await says.play(exchange);
        if (meeting?.echoes === true) await this.#service?.hearEcho(CUSTOMER, text, id);
      },
    };
  }
}

describe('the service, when the gateway answers a send with', () => {
  const trials = new Map<string, Trial>();
  let openAi: LoopbackOpenAi;

  beforeAll(async () => {
    openAi = await LoopbackOpenAi.start({ respond: () => ANSWER });
    for (const fault of FAULTS) trials.set(fault.name, new Trial(fault, openAi));
    await Promise.all([...trials.values()].map((trial) => trial.run()));
  }, LONGEST_MS);
  afterAll(async () => {
    await Promise.all([...trials.values()].map((trial) => trial.close()));
    await openAi.close();
  });

  it.each(FAULTS)('$name', ({ name, end, pauseMs }) => {
    const trial = trials.get(name);

    expect(trial?.end).toEqual(end);
    expect(new Set(trial?.received)).toEqual(new Set(end.copies === 0 ? [] : [ANSWER]));
    expect(trial?.pauseMs).toBeGreaterThanOrEqual(pauseMs ?? 0);
  });
});
