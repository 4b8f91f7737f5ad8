import { type Client } from 'pg';

import { type WorkTopic } from '../../../application/ports/outbound/work-signal.ts';

const CHANNEL = 'whatsapp_agent_work';
const TOPICS: readonly WorkTopic[] = ['turns', 'deliveries'];

/** A connection that only listens would never notice that the server is gone, ms. */
const PING_EVERY_MS = 5_000;

const CONNECT_AGAIN_AFTER_MS = 1_000;

export interface WorkHintsOptions {
  /** A connection that nobody else uses. */
  readonly connect: () => Promise<Client>;
  /** This process, whose own hints are no news to it. */
  readonly owner: string;
  readonly onHint: (topic: WorkTopic) => void;
}

/**
 * Tells the other processes' workers of work, and hears of theirs, with LISTEN and NOTIFY on one
 * connection. A hint may get lost; whoever is told nothing looks for work by itself.
 *
 * Hints are sent apart from the transactions they speak of, many at once: commits that notify
 * exclude one another in the whole database until they are on disk.
 */
export class WorkHints {
  readonly #options: WorkHintsOptions;
  readonly #untold = new Set<WorkTopic>();
  #client: Client | undefined;
  #connecting: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: WorkHintsOptions) {
    this.#options = options;
  }

  /** Listens from now on; where the server cannot be had, as soon as it can. */
  async start(): Promise<void> {
    this.#connecting = this.#connect();
    await this.#connecting;
  }

  tell(topic: WorkTopic): void {
    if (this.#untold.size === 0) setImmediate(() => void this.#tellAll());
    this.#untold.add(topic);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#connecting;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    try {
      const client = await this.#options.connect();
      this.#client = client;
      client.on('notification', ({ payload }) => {
        this.#hear(payload ?? '');
      });
      client.once('end', () => {
        this.#lose(client);
      });
      await this.#query(`LISTEN ${CHANNEL}`);
      // Whatever was told while nobody listened.
      for (const topic of TOPICS) this.#options.onHint(topic);
      this.#schedulePing(client);
    } catch {
      // What does not answer to LISTEN is not heard of again, and would stay open.
      if (this.#client === undefined) this.#connectLater();
      else this.#lose(this.#client);
    }
  }

  #hear(payload: string): void {
    const [topic, owner] = payload.split(' ');
    if (owner === this.#options.owner) return;
    const known = TOPICS.find((candidate) => candidate === topic);
    if (known !== undefined) this.#options.onHint(known);
  }

  async #tellAll(): Promise<void> {
    const topics = [...this.#untold];
    this.#untold.clear();
    for (const topic of topics) {
      const payload = `${topic} ${this.#options.owner}`;
      await this.#query('SELECT pg_notify($1, $2)', [CHANNEL, payload]).catch(() => undefined);
    }
  }

  /** One statement after the other, as the driver wants it. */
  #query(sql: string, parameters: readonly string[] = []): Promise<unknown> {
    const client = this.#client;
    if (client === undefined) return Promise.resolve();
    const result = this.#last.then(() => client.query(sql, [...parameters]));
    this.#last = result.catch(() => undefined);
    return result;
  }

  #schedulePing(client: Client): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.#ping(client), PING_EVERY_MS);
  }

  async #ping(client: Client): Promise<void> {
    try {
      await this.#query('SELECT 1');
      this.#schedulePing(client);
    } catch {
      this.#lose(client);
    }
  }

  #lose(client: Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    void client.end().catch(() => undefined);
    this.#connectLater();
  }

  #connectLater(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.start(), CONNECT_AGAIN_AFTER_MS);
  }
}
