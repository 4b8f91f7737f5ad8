import { type Clock } from '../../../application/ports/outbound/clock.ts';
import { type Meter } from '../../../application/ports/outbound/meter.ts';

/** How long a sample takes, ms: short enough to meet most pauses that a caller would feel. */
const SAMPLE_MS = 50;

/** Measures how late this process comes to what is due. Samples can be added up over processes; Node's own histogram of delays cannot. */
export class EventLoopWatch {
  constructor(
    private readonly clock: Clock,
    private readonly meter: Pick<Meter, 'eventLoopDelayed'>,
  ) {}

  /** Takes one sample; resolves when its time, and what came in between, has passed. */
  async sample(): Promise<void> {
    const dueAt = this.clock.monotonic() + SAMPLE_MS;
    await this.clock.sleep(SAMPLE_MS);
    this.meter.eventLoopDelayed(Math.max(0, this.clock.monotonic() - dueAt));
  }
}
