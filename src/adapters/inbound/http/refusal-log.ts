import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { type LogFields, type Logger } from '../../../application/ports/outbound/logger.ts';

const PAUSE_MS = 60_000;

/** Logs refusals, at most one line a minute, so that nobody can fill the disk by being refused. */
export class RefusalLog {
  #unlogged = 0;
  #nextAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly event: string,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Logs this refusal, with the number of all since the line before (`refused`), or only counts it. */
  add(fields: LogFields): void {
    this.#unlogged += 1;
    const now = this.clock.monotonic();
    if (now < this.#nextAt) return;
    this.logger.warn(this.event, { ...fields, refused: this.#unlogged });
    this.#unlogged = 0;
    this.#nextAt = now + PAUSE_MS;
  }
}
