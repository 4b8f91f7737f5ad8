import { type FreeWriteLock } from '../ports/inbound/free-write-lock.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type EndOutcome, type ProcessTable } from '../ports/outbound/process-table.ts';
import { type LockHolder, type WriteLock } from '../ports/outbound/write-lock.ts';

/** So long one process must hold the lock at every look, and have shown no life, ms. */
const PATIENCE_MS = 5_000;

/** A longer pause between two looks says that this process stood still itself, ms: they prove nothing. */
const LONGEST_PAUSE_MS = 3_000;

const HINTS: Readonly<Record<EndOutcome, string>> = {
  ended:
    'it stood still in the middle of a write and kept all others waiting; look at what stopped it',
  gone: 'it had ended already',
  waits_for_disk: 'it waits for the disk, so it was left alone; look at the disk',
  not_allowed: 'it stands still and must be ended by hand: kill -9, with the rights of its account',
};

export interface FreeWriteLockPorts {
  readonly lock: WriteLock;
  readonly processes: ProcessTable;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One holder, seen at every look since. */
interface Suspicion {
  readonly name: string;
  readonly since: number;
  lastLook: number;
  /** What has been said of it; said once. */
  reported?: string;
}

export class FreeWriteLockUseCase implements FreeWriteLock {
  #suspicion: Suspicion | undefined;

  constructor(private readonly ports: FreeWriteLockPorts) {}

  async execute(): Promise<void> {
    const holder = await this.ports.lock.holder();
    const now = this.ports.clock.monotonic();
    const suspicion = holder && this.#follow(nameOf(holder), now);
    this.#suspicion = suspicion;
    if (holder === undefined || suspicion === undefined) return;
    if (now - suspicion.since >= PATIENCE_MS) this.#act(holder, suspicion);
  }

  #follow(name: string, now: number): Suspicion {
    const earlier = this.#suspicion;
    if (earlier?.name !== name || now - earlier.lastLook > LONGEST_PAUSE_MS) {
      return { name, since: now, lastLook: now };
    }
    earlier.lastLook = now;
    return earlier;
  }

  #act(holder: LockHolder, suspicion: Suspicion): void {
    if (holder.kind !== 'neighbour') {
      this.#reportStranger(holder, suspicion);
      return;
    }
    // Whoever still beats gets its writes through: it is slow, and lives.
    if (holder.silentMs < PATIENCE_MS) return;
    const { slot, incarnation, pid } = holder.process;
    const outcome = this.ports.processes.end(holder.process);
    if (suspicion.reported === outcome) return;
    suspicion.reported = outcome;
    const level = outcome === 'ended' || outcome === 'gone' ? 'warn' : 'error';
    this.ports.logger[level]('database blocked by a process that stands still', {
      slot,
      incarnation,
      hungPid: pid,
      silentMs: Math.round(holder.silentMs),
      outcome,
      hint: HINTS[outcome],
    });
  }

  #reportStranger(holder: Exclude<LockHolder, { kind: 'neighbour' }>, suspicion: Suspicion): void {
    if (suspicion.reported !== undefined) return;
    suspicion.reported = holder.kind;
    this.ports.logger.error(
      'database blocked by another program',
      holder.kind === 'stranger'
        ? {
            blockingPid: holder.pid,
            hint: 'it is no process of this service and was left alone; nothing can be stored until it ends its write',
          }
        : {
            hint: 'this system does not tell which; look with lsof who has the database open, and end what stands still',
          },
    );
  }
}

function nameOf(holder: LockHolder): string {
  if (holder.kind === 'neighbour') return `neighbour ${holder.process.owner}`;
  return holder.kind === 'stranger' ? `stranger ${holder.pid}` : holder.kind;
}
