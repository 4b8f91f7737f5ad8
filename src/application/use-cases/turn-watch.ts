import { MAX_REDOS, type Turn } from '../../domain/turn.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type Inbox } from '../ports/outbound/inbox.ts';

/** Why a turn was interrupted. */
export type Interruption = 'superseded' | 'lost' | 'shutdown';

/** How often a holder looks whether its contact has written more, ms. */
const LOOK_MS = 250;

/** How often the lease, 12 s long, is prolonged, ms: by the clock, since looks at a slow store take their time. */
const RENEWAL_MS = 3_000;

/**
 * Holds the lease of a turn while it is answered, and aborts its signal when the answer is no longer
 * wanted: the contact wrote more (but for the last redo), another process took over, or we shut down.
 */
export class TurnWatch {
  interruption: Interruption | undefined;
  readonly #controller = new AbortController();
  readonly #ended = new AbortController();

  constructor(
    private readonly turn: Turn,
    private readonly inbox: Inbox,
    private readonly clock: Clock,
    shutdown: AbortSignal,
  ) {
    const onShutdown = (): void => {
      this.#interrupt('shutdown');
    };
    if (shutdown.aborted) onShutdown();
    shutdown.addEventListener('abort', onShutdown, { signal: this.#ended.signal });
    void this.#watch();
  }

  /** Aborted as soon as the answer is no longer wanted. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends the watch; nothing is renewed or aborted afterwards. */
  stop(): void {
    this.#ended.abort();
  }

  async #watch(): Promise<void> {
    let renewedAt = this.clock.monotonic();
    for (;;) {
      await this.clock.sleep(LOOK_MS, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      const now = this.clock.monotonic();
      const isDue = now - renewedAt >= RENEWAL_MS;
      if (isDue) renewedAt = now;
      const state = await this.#look(isDue);
      if (state === 'lost') this.#interrupt('lost');
      if (state === 'superseded' && this.turn.redo < MAX_REDOS) this.#interrupt('superseded');
    }
  }

  async #look(renew: boolean): Promise<string> {
    try {
      return await (renew ? this.inbox.renew(this.turn.lease) : this.inbox.check(this.turn.lease));
    } catch {
      // A store that cannot be reached for a moment does not take the lease away; the commit decides.
      return 'held';
    }
  }

  #interrupt(reason: Interruption): void {
    if (this.#ended.signal.aborted || this.interruption !== undefined) return;
    this.interruption = reason;
    this.#controller.abort(new Error(`The turn was interrupted: ${reason}.`));
    this.stop();
  }
}
