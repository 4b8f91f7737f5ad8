import { type Capacity, type Shortage } from '../../../application/ports/outbound/capacity.ts';
import { type Inbox } from '../../../application/ports/outbound/inbox.ts';
import { type Logger } from '../../../application/ports/outbound/logger.ts';

/** The room on a volume. */
export interface Reserve {
  /** Whether there is enough of it. */
  isEnough(): Promise<boolean>;
}

export interface WatchedCapacityPorts {
  readonly inbox: Pick<Inbox, 'depth'>;
  /** Absent where the store's disk is not this machine's. */
  readonly disk?: Reserve;
  readonly logger: Logger;
}

const HINTS: Readonly<Record<Shortage, string>> = {
  inbox: 'the model answers too slowly or fails: see `model call failed`; INBOX_MAX is the limit',
  disk: 'free space on the volume of the database; DISK_MIN_FREE is the limit, in MB',
};

/** Remembers what was short at the last look, and logs each change. */
export class WatchedCapacity implements Capacity {
  #shortage: Shortage | undefined;

  constructor(
    private readonly ports: WatchedCapacityPorts,
    private readonly inboxMax: number,
  ) {}

  shortage(): Shortage | undefined {
    return this.#shortage;
  }

  async look(): Promise<void> {
    const found = await this.#find();
    if (found === this.#shortage) return;
    this.#shortage = found;
    const { logger } = this.ports;
    if (found === undefined) logger.info('messages taken again');
    else logger.error('messages refused', { shortage: found, hint: HINTS[found] });
  }

  /** The disk comes first: a full one can keep the store from being asked. */
  async #find(): Promise<Shortage | undefined> {
    const { disk, inbox } = this.ports;
    if (disk !== undefined && !(await disk.isEnough())) return 'disk';
    return (await inbox.depth()) > this.inboxMax ? 'inbox' : undefined;
  }
}
