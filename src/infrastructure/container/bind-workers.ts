import { PeriodicTask } from '../../adapters/inbound/worker/periodic-task.ts';
import { Worker, type WorkerOptions } from '../../adapters/inbound/worker/worker.ts';
import { type EventLoopWatch } from '../../adapters/outbound/system/event-loop-watch.ts';
import { type CheckGateway } from '../../application/ports/inbound/check-gateway.ts';
import { type WatchProcesses } from '../../application/ports/inbound/watch-processes.ts';
import { type DeliverReply } from '../../application/ports/inbound/deliver-reply.ts';
import { type EmbedKnowledge } from '../../application/ports/inbound/embed-knowledge.ts';
import { type FreeWriteLock } from '../../application/ports/inbound/free-write-lock.ts';
import { type HandleIncomingMessage } from '../../application/ports/inbound/handle-incoming-message.ts';
import { type PurgeStore } from '../../application/ports/inbound/purge-store.ts';
import { type ReloadKnowledge } from '../../application/ports/inbound/reload-knowledge.ts';
import { type Capacity } from '../../application/ports/outbound/capacity.ts';
import { type Clock } from '../../application/ports/outbound/clock.ts';
import { type Exposition } from '../../application/ports/outbound/exposition.ts';
import { type Inbox } from '../../application/ports/outbound/inbox.ts';
import { type Logger } from '../../application/ports/outbound/logger.ts';
import { type Outbox } from '../../application/ports/outbound/outbox.ts';
import { type Delivery } from '../../domain/delivery.ts';
import { type Turn } from '../../domain/turn.ts';
import { type Config } from '../config.ts';
import { TOKENS } from './tokens.ts';
import { type Wiring } from './wiring.ts';

/** How many replies one process sends at once; one send takes far less time than one answer. */
const DELIVERY_SLOTS = 32;

/** How often the gateway is asked whether the number is connected, ms. */
const GATEWAY_CHECK_MS = 60_000;

/** How often a process shows that it lives, and looks after its neighbours, ms. */
const WATCH_MS = 1_000;

/** How often it is looked whether there is room for more, ms. */
const CAPACITY_CHECK_MS = 1_000;

/** How often a process leaves what it has measured for the others, ms. */
const METRICS_MS = 5_000;

/** How often it is looked whether passages are to be embedded, ms. */
const EMBEDDING_MS = 3_000;

/** How often what is old enough is erased, ms. */
const PURGE_MS = 3_600_000;

interface PeriodicPorts {
  readonly watch: WatchProcesses;
  readonly free: FreeWriteLock;
  readonly reload: ReloadKnowledge;
  readonly embedding: EmbedKnowledge | undefined;
  readonly check: CheckGateway;
  readonly capacity: Capacity;
  readonly exposition: Exposition;
  readonly eventLoop: EventLoopWatch;
  readonly purge: PurgeStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What every process does besides serving HTTP. */
export function bindWorkers(wiring: Wiring, config: Config): void {
  const { inbox, outbox, handleIncomingMessage, deliverReply, signal, logger } = TOKENS;
  wiring.bindFactory(
    TOKENS.turnWorker,
    (source, turns, wakes, log) =>
      new Worker(turnWork(source, turns, config.ai.concurrency), wakes, log),
    inbox,
    handleIncomingMessage,
    signal,
    logger,
  );
  wiring.bindFactory(
    TOKENS.deliveryWorker,
    (source, deliveries, wakes, log) => new Worker(deliveryWork(source, deliveries), wakes, log),
    outbox,
    deliverReply,
    signal,
    logger,
  );
  bindPeriodicTasks(wiring, config);
}

function turnWork(inbox: Inbox, turns: HandleIncomingMessage, slots: number): WorkerOptions<Turn> {
  return {
    topic: 'turns',
    slots,
    source: {
      claim: (limit) => inbox.claimTurns(limit),
      nextInMs: () => inbox.nextTurnInMs(),
    },
    handle: (turn, shutdown) => turns.execute(turn, shutdown),
  };
}

function deliveryWork(outbox: Outbox, deliveries: DeliverReply): WorkerOptions<Delivery> {
  return {
    topic: 'deliveries',
    slots: DELIVERY_SLOTS,
    source: {
      claim: (limit) => outbox.claimDeliveries(limit),
      nextInMs: () => outbox.nextDeliveryInMs(),
    },
    handle: (delivery) => deliveries.execute(delivery),
  };
}

function bindPeriodicTasks(wiring: Wiring, config: Config): void {
  wiring.bindPorts(
    TOKENS.periodicTasks,
    ({ clock, logger, ...ports }: PeriodicPorts) =>
      [...tasksOf(config, ports), ...embeddingTasks(ports), ...metricTasks(ports)].map(
        (task) => new PeriodicTask(task, clock, logger),
      ),
    {
      watch: TOKENS.watchProcesses,
      free: TOKENS.freeWriteLock,
      reload: TOKENS.reloadKnowledge,
      embedding: TOKENS.embedKnowledge,
      check: TOKENS.checkGateway,
      capacity: TOKENS.capacity,
      exposition: TOKENS.exposition,
      eventLoop: TOKENS.eventLoopWatch,
      purge: TOKENS.purgeStore,
      clock: TOKENS.clock,
      logger: TOKENS.logger,
    },
  );
}

type Task = ConstructorParameters<typeof PeriodicTask>[0];

function tasksOf(
  { knowledge, mega }: Config,
  { watch, free, reload, check, capacity, purge }: Omit<PeriodicPorts, 'clock' | 'logger'>,
): Task[] {
  const everywhere = [
    { name: 'process watch', everyMs: WATCH_MS, atOnce: true, run: () => watch.execute() },
    // Apart from the watch, whose own write waits for the lock.
    { name: 'write lock watch', everyMs: WATCH_MS, run: () => free.execute() },
    {
      name: 'capacity check',
      everyMs: CAPACITY_CHECK_MS,
      atOnce: true,
      run: () => capacity.look(),
    },
    { name: 'knowledge poll', everyMs: knowledge.watchMs, run: () => reload.execute('poll') },
    {
      name: 'purge',
      everyMs: PURGE_MS,
      atOnce: true,
      run: (stopping: AbortSignal) => purge.execute(stopping),
    },
  ];
  if (mega === undefined) return everywhere;
  const gatewayCheck = { name: 'gateway check', everyMs: GATEWAY_CHECK_MS, atOnce: true };
  return [...everywhere, { ...gatewayCheck, run: () => check.execute() }];
}

function embeddingTasks({ embedding }: Pick<PeriodicPorts, 'embedding'>): Task[] {
  if (embedding === undefined) return [];
  const run = (stopping: AbortSignal): Promise<void> => embedding.execute(stopping);
  return [{ name: 'embedding', everyMs: EMBEDDING_MS, atOnce: true, run }];
}

function metricTasks({
  exposition,
  eventLoop,
}: Pick<PeriodicPorts, 'exposition' | 'eventLoop'>): Task[] {
  return [
    { name: 'metrics', everyMs: METRICS_MS, atOnce: true, run: () => exposition.keep() },
    // The sample itself is the pause.
    { name: 'event loop watch', everyMs: 0, run: () => eventLoop.sample() },
  ];
}
