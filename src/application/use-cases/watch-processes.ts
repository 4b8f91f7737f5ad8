import { type WatchProcesses } from '../ports/inbound/watch-processes.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type Meter } from '../ports/outbound/meter.ts';
import {
  type ProcessRegistry,
  type RegisteredProcess,
} from '../ports/outbound/process-registry.ts';
import { type ProcessTable } from '../ports/outbound/process-table.ts';
import { type WorkSignal } from '../ports/outbound/work-signal.ts';
import { type RefusedEchoes } from './refused-echoes.ts';

export interface WatchProcessesPorts {
  readonly registry: ProcessRegistry;
  readonly refusedEchoes: RefusedEchoes;
  readonly processes: ProcessTable;
  readonly signal: WorkSignal;
  readonly logger: Logger;
  readonly meter: Pick<Meter, 'leasesTakenOver'>;
}

/**
 * A process manager may start a slot's new process before it stops the old one, so what counts is
 * not that a newer incarnation is there but that the older one's process is gone.
 */
export class WatchProcessesUseCase implements WatchProcesses {
  constructor(private readonly ports: WatchProcessesPorts) {}

  async execute(): Promise<void> {
    const { registry, processes, refusedEchoes } = this.ports;
    const neighbours = await refusedEchoes.tell((isDeaf) => registry.beat(isDeaf));
    for (const neighbour of neighbours) {
      if (!processes.isRunning(neighbour)) await this.takeOver(neighbour);
    }
  }

  private async takeOver({ owner, slot, incarnation, pid }: RegisteredProcess): Promise<void> {
    const { contacts, replies } = await this.ports.registry.release(owner);
    this.ports.meter.leasesTakenOver(contacts);
    this.ports.signal.raise('turns');
    this.ports.signal.raise('deliveries');
    this.ports.logger.warn('work of a dead process taken over', {
      slot,
      incarnation,
      deadPid: pid,
      contacts,
      replies,
      hint: 'if it was not killed on purpose, the lines before and the process manager say why it ended',
    });
  }
}
