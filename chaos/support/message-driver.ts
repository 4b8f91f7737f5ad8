import { setTimeout as sleep } from 'node:timers/promises';
import { contactJid } from '../../bench/support/webhook-bodies.ts';
import { aWebhookBody } from '../../tests/builders/a-webhook-body.ts';
import { type WrittenMessage } from './accounting.ts';
import { markOf } from './message-marks.ts';
import { type SeededRandom } from '../../bench/support/seeded-random.ts';
import { type Taken, type WebhookPoster } from './webhook-poster.ts';

export interface DriverOptions {
  readonly poster: WebhookPoster;
  readonly random: SeededRandom;
  readonly messages: number;
  readonly contacts: number;
  /** Over how long the messages are spread, ms. */
  readonly durationMs: number;
}

/** Share of the messages that are delivered more than once. */
const DUPLICATED = 0.15;
const MOST_COPIES = 4;
const LATEST_COPY_MS = 2_000;

/** Writes as the contacts do; each writes its next message when its last one was acknowledged. */
export class MessageDriver {
  readonly written: WrittenMessage[] = [];
  /** Deliveries beyond the first of a message. */
  copies = 0;
  readonly #later: Promise<unknown>[] = [];

  constructor(private readonly options: DriverOptions) {}

  get acknowledged(): number {
    return this.written.filter((message) => message.acknowledged).length;
  }

  /** Resolves when every delivery was taken. */
  async run(): Promise<void> {
    const { contacts } = this.options;
    const begin = performance.now();
    const lanes = Array.from({ length: contacts }, (_, contact) => this.#writeAs(contact, begin));
    await Promise.all(lanes);
    await Promise.all(this.#later);
  }

  async #writeAs(contact: number, begin: number): Promise<void> {
    const { messages, contacts, durationMs } = this.options;
    const random = this.options.random.fork();
    const times = Array.from({ length: Math.ceil((messages - contact) / contacts) }, () =>
      random.between(0, durationMs),
    ).sort((one, other) => one - other);
    for (const [index, at] of times.entries()) {
      if (this.options.poster.isOver) return;
      await sleep(Math.max(0, begin + at - performance.now()));
      await this.#write(contact, contact + index * contacts, random);
    }
  }

  async #write(contact: number, number: number, random: SeededRandom): Promise<void> {
    const jid = contactJid(contact);
    const mark = markOf(number);
    const message = { mark, contact: jid, acknowledged: false, recovered: false };
    this.written.push(message);
    const body = bodyOf(jid, mark);
    const copies = random.chance(DUPLICATED) ? Math.ceil(random.between(0, MOST_COPIES)) : 0;
    const isTwin = random.chance(0.5);
    // Twins are on the wire at once with the first delivery, the others come after it.
    const twins = isTwin ? Array.from({ length: copies }, () => this.#deliver(body, random)) : [];
    const answers = await Promise.all([this.#deliver(body, random), ...twins]);
    message.acknowledged = answers.some((taken) => taken !== undefined);
    message.recovered = answers.every(
      (taken) => taken?.answer.reason === 'duplicate' && taken.unanswered > 0,
    );
    this.copies += copies;
    if (!isTwin) {
      this.#later.push(...Array.from({ length: copies }, () => this.#deliverLate(body, random)));
    }
  }

  #deliver(body: unknown, random: SeededRandom): Promise<Taken | undefined> {
    return this.options.poster.postUntilTaken(body, random);
  }

  async #deliverLate(body: unknown, random: SeededRandom): Promise<void> {
    await sleep(random.between(0, LATEST_COPY_MS));
    await this.#deliver(body, random);
  }
}

function bodyOf(jid: string, mark: string): unknown {
  return aWebhookBody({
    instance_key: 'megastart-1',
    key: { remoteJid: jid, fromMe: false, id: `3EB0${mark.toUpperCase()}` },
    messageTimestamp: Math.floor(Date.now() / 1_000),
    message: { conversation: `Bom dia, sobre o pedido ${mark}` },
  });
}
