import {
  type WorkSignal,
  type WorkTopic,
} from '../../src/application/ports/outbound/work-signal.ts';

/** Keeps what was raised; nobody waits on it. */
export class RecordingWorkSignal implements WorkSignal {
  readonly raised: WorkTopic[] = [];

  raise(topic: WorkTopic): void {
    this.raised.push(topic);
  }

  wait(): Promise<void> {
    return Promise.resolve();
  }
}
