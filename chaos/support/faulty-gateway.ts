import { setTimeout as sleep } from 'node:timers/promises';
import {
  LoopbackServer,
  type RecordedRequest,
  type Script,
} from '../../tests/support/loopback-server.ts';
import { answer, hang, resetAfterReading } from '../../tests/support/loopback-scripts.ts';
import { type ReceivedReply } from './accounting.ts';
import { type SeededRandom } from '../../bench/support/seeded-random.ts';

/** What the gateway took on: the contact has it, whatever the service was told. */
export interface TakenText extends ReceivedReply {
  readonly id: string;
}

export interface FaultyGatewayOptions {
  readonly random: SeededRandom;
  /** Share of the sends that are delivered and not confirmed. */
  readonly unconfirmed: number;
  /** Delivers the echo of a text; absent: there are no echoes. */
  readonly echo?: (taken: TakenText) => Promise<void>;
}

const SEND = /^\/rest\/sendMessage\/[^/]+\/text$/u;
const LONGEST_ECHO_MS = 1_500;
const FAULTS: readonly (() => Script)[] = [
  resetAfterReading,
  hang,
  () => answer(502, 'Bad Gateway'),
];

/** Stands in for Mega API: takes every text, and hides that from the service for some of them. */
export class FaultyGateway {
  readonly taken: TakenText[] = [];
  /** Sends that were begun while one to the same contact was open, and not yet reported back. */
  overlapping = 0;
  unconfirmed = 0;
  /** Sends whose end the service does not know, by contact. */
  readonly #open = new Map<string, Set<string>>();
  readonly #echoes = new Set<Promise<void>>();
  #server: LoopbackServer | undefined;

  private constructor(private readonly options: FaultyGatewayOptions) {}

  static async start(options: FaultyGatewayOptions): Promise<FaultyGateway> {
    const gateway = new FaultyGateway(options);
    gateway.#server = await LoopbackServer.start((request) => gateway.#choose(request));
    return gateway;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** Waits for the echoes that are on their way. */
  async settled(): Promise<void> {
    await Promise.all(this.#echoes);
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  #choose({ path }: RecordedRequest): Script {
    return SEND.test(path) ? this.#takeText() : answer(200, { error: false });
  }

  #takeText(): Script {
    return {
      play: async (exchange) => {
        const taken = this.#take(exchange.request.body);
        exchange.response.once('close', () => {
          this.#end(taken);
        });
        this.#echoLater(taken);
        await this.#fate(taken).play(exchange);
      },
    };
  }

  #take(body: string): TakenText {
    const { messageData } = JSON.parse(body) as { messageData: { to: string; text: string } };
    const { to, text } = messageData;
    const taken = { to, text, id: `CHAOS${String(this.taken.length).padStart(8, '0')}` };
    this.taken.push(taken);
    const open = this.#open.get(to) ?? new Set();
    if (open.size > 0) this.overlapping += 1;
    this.#open.set(to, open.add(taken.id));
    return taken;
  }

  #end({ to, id }: TakenText): void {
    this.#open.get(to)?.delete(id);
  }

  #fate({ to, id }: TakenText): Script {
    const { random, unconfirmed } = this.options;
    if (!random.chance(unconfirmed)) {
      return answer(200, {
        error: false,
        messageData: { key: { remoteJid: to, fromMe: true, id } },
      });
    }
    this.unconfirmed += 1;
    return random.pick(FAULTS)();
  }

  /** Some echoes come before the response, most after it. */
  #echoLater(taken: TakenText): void {
    const { echo, random } = this.options;
    if (echo === undefined) return;
    const delivered = sleep(random.between(0, LONGEST_ECHO_MS))
      .then(() => {
        // From here on the service may know that this send has ended.
        this.#end(taken);
        return echo(taken);
      })
      .finally(() => this.#echoes.delete(delivered));
    this.#echoes.add(delivered);
  }
}
