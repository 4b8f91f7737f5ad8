import {
  type InstanceState,
  type InstanceStore,
} from '../../src/application/ports/outbound/instance-store.ts';
import { type InMemoryState } from './in-memory-state.ts';

/** The in-memory stores' view of the gateway's connection. */
export class InMemoryInstanceStore implements InstanceStore {
  readonly #state: InMemoryState;

  constructor(state: InMemoryState) {
    this.#state = state;
  }

  state(): Promise<InstanceState> {
    const { connected, pause } = this.#state;
    return Promise.resolve({
      ...(connected === undefined ? {} : { connected }),
      ...(pause === undefined ? {} : { pauseReason: pause.reason }),
    });
  }

  setConnected(connected: boolean): Promise<boolean> {
    const isNews = this.#state.connected !== connected;
    this.#state.connected = connected;
    return Promise.resolve(isNews);
  }
}
