import { type Jid } from '../../../domain/contact.ts';

/** What all processes know of the gateway's instance. */
export interface InstanceState {
  /** `undefined` until the gateway was heard of. */
  readonly connected?: boolean;
  /** Why sending is paused, where it is. */
  readonly pauseReason?: string;
}

/** Keeps the state of the gateway's connection for all processes. */
export interface InstanceStore {
  state(): Promise<InstanceState>;

  /**
   * Records whether the number is connected.
   *
   * @returns Whether that is news: one caller of all gets `true`.
   * @throws StoreUnavailableError after 0.9 s (`WEBHOOK_WITHIN_MS`) at most where nothing can be stored.
   */
  setConnected(connected: boolean, ownJid?: Jid): Promise<boolean>;
}
