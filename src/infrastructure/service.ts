import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openPostgresStore } from '../adapters/outbound/postgres/open-postgres-store.ts';
import { openSqliteStore } from '../adapters/outbound/sqlite/open-sqlite-store.ts';
import { type Logger } from '../application/ports/outbound/logger.ts';
import { type Store } from '../application/ports/outbound/store.ts';
import { StoreUnavailableError } from '../application/ports/outbound/store-unavailable-error.ts';
import { type WorkTopic } from '../application/ports/outbound/work-signal.ts';
import { type Config } from './config.ts';
import { bindAdapters } from './container/bind-adapters.ts';
import { bindHttp } from './container/bind-http.ts';
import { bindMetrics } from './container/bind-metrics.ts';
import { bindUseCases } from './container/bind-use-cases.ts';
import { bindWorkers } from './container/bind-workers.ts';
import { TOKENS } from './container/tokens.ts';
import { Wiring } from './container/wiring.ts';
import { expressMessages } from './express-messages.ts';
import { HttpServer } from './http-server.ts';
import { seatOf } from './seat.ts';
import { openDoors, startUpReport } from './start-up-report.ts';

/** How long work that was begun may go on after a stop was asked for, ms; then turns are given back. */
const GRACE_MS = 5_000;

/** The version in package.json. */
function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Everything wired over an open store. */
export function wire(config: Config, store: Store, version: string): Wiring {
  const wiring = new Wiring();
  bindAdapters(wiring, config, store);
  bindMetrics(wiring, store);
  bindUseCases(wiring, config);
  bindWorkers(wiring, config);
  bindHttp(wiring, config, version);
  return wiring;
}

/** What a store may tell by itself. */
interface StoreNews {
  /** Another process may have left work behind. */
  readonly onHint: (topic: WorkTopic) => void;
  /** The database's clock jumped by so many ms, and that was made good. */
  readonly onClockJump: (ms: number) => void;
}

/** Opens the store that the configuration names, under a name for this process that no other has. */
export function openStore(config: Config, news: StoreNews): Promise<Store> {
  const { dedupTtlMs, quietMs, maxWaitMs, ignoreFromMe, ignoredContacts, takeover, sendUnknown } =
    config.conversation;
  const settings = {
    instance: config.instance ?? 'sandbox',
    owner: `${process.pid}-${randomBytes(6).toString('hex')}`,
    dedupTtlMs,
    timing: { quietMs, maxWaitMs },
    ignoreFromMe,
    ignoredContacts,
    takeover,
    sendUnknown,
  };
  const { database } = config;
  return database.kind === 'sqlite'
    ? openSqliteStore({ ...settings, file: database.file })
    : openPostgresStore({ ...settings, url: database.url, ...news });
}

const ALL_SETTINGS = 'perhaps it is misspelt; .env.example names all settings';

/** One process of the service, from start to stop. */
export class Service {
  private constructor(
    private readonly wiring: Wiring,
    private readonly store: Store,
    private readonly server: HttpServer,
  ) {}

  /** The port that it serves on. */
  get port(): number {
    return this.server.port;
  }

  /**
   * Starts everything; when it returns, messages are taken and answered.
   *
   * @param write - Takes the lines for the person who started it; nothing in production.
   * @throws when the store cannot be opened or the address is taken.
   */
  static async start(config: Config, write: (text: string) => void): Promise<Service> {
    const version = readVersion();
    // Nobody waits for work yet; what a hint came too early for is found by looking.
    let wiring: Wiring | undefined;
    const store = await openStore(config, {
      onHint: (topic) => wiring?.get(TOKENS.signal).raise(topic),
      onClockJump: (ms) => {
        if (wiring !== undefined) reportClockJump(wiring.get(TOKENS.logger), ms);
      },
    });
    try {
      wiring = wire(config, store, version);
      await store.registry.register(wiring.get(TOKENS.processes).self, seatOf(process.env));
      const { snapshot } = await wiring.get(TOKENS.reloadKnowledge).execute('start');
      const { host, port } = config.http;
      const app = wiring.get(TOKENS.httpApp);
      const server = await HttpServer.listen(app, host, port, expressMessages(app));
      const service = new Service(wiring, store, server);
      const { documents, passages } = snapshot;
      service.#announce(config, { version, port: service.port, documents, passages }, write);
      service.#work();
      return service;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /**
   * Claims nothing more at once; ends running requests and work, gives back or cuts off what does
   * not end within 5 s, and closes the store.
   */
  async stop(): Promise<void> {
    const clock = this.wiring.get(TOKENS.clock);
    const ended = new AbortController();
    const grace = clock.sleep(GRACE_MS, ended.signal);
    await Promise.all([
      this.server.close(grace),
      this.wiring.get(TOKENS.turnWorker).stop(grace),
      this.wiring.get(TOKENS.deliveryWorker).stop(grace),
      ...this.wiring.get(TOKENS.periodicTasks).map((task) => task.stop()),
    ]);
    ended.abort();
    await this.#takeLeave();
    await this.store.close();
    this.wiring.get(TOKENS.logger).info('service stopped');
  }

  /** Where the store cannot be had, the others find the process gone, which comes to the same but for its last figures. */
  async #takeLeave(): Promise<void> {
    try {
      await Promise.all([this.store.registry.retire(), this.wiring.get(TOKENS.exposition).keep()]);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
  }

  #work(): void {
    this.wiring.get(TOKENS.turnWorker).start();
    this.wiring.get(TOKENS.deliveryWorker).start();
    for (const task of this.wiring.get(TOKENS.periodicTasks)) task.start();
  }

  #announce(
    config: Config,
    facts: Parameters<typeof startUpReport>[1],
    write: (text: string) => void,
  ): void {
    const logger = this.wiring.get(TOKENS.logger);
    // A production log is read by machines: there, the same facts stand in its own lines.
    if (!config.production) write(startUpReport(config, facts));
    for (const { event, hint } of openDoors(config)) logger.warn(event, { hint });
    for (const setting of config.unknownNames) {
      logger.warn('no such setting, it is not read', { setting, hint: ALL_SETTINGS });
    }
    logger.info('service started', {
      ...facts,
      answers: config.ai.dryRun ? 'dry run' : config.ai.model,
      gateway: config.mega?.baseUrl ?? 'sandbox',
      node: process.version,
    });
  }
}

function reportClockJump(logger: Logger, ms: number): void {
  logger.warn('clock of the database server jumped', {
    jumpMs: ms,
    hint: 'no lease was moved by it; keep the clock of that server by NTP, which does not jump once it runs',
  });
}
