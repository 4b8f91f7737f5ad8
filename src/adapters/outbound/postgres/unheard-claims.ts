import { StoreUnavailableError } from '../../../application/ports/outbound/store-unavailable-error.ts';
import { type PostgresContext } from './postgres-context.ts';
import { type PostgresSession } from './postgres-session.ts';

/** So long may a commit still be on its way, ms; what it has taken is free by itself by then. */
const REMEMBERED_MS = 15_000;

/** One claim of which it is not known whether it was made. */
interface UnheardClaim {
  /** The store's time that everything bears which it took; absent: it got as far as nothing. */
  at?: number;
  /** By this process's own clock, ms. */
  forgetAt: number;
}

/** Frees what this process took at these instants of store time, inside the transaction. */
type Free = (tx: PostgresSession, instants: readonly number[]) => Promise<void>;

/**
 * Claims whose commit was not confirmed, since the connection broke or the answer came too late, and
 * which may have been made all the same. Nobody works on what they took, and nobody can see that: it
 * would lie until its lease ends, and a reply would seem to have been sent.
 */
export class UnheardClaims {
  readonly #context: PostgresContext;
  readonly #free: Free;
  #unheard: UnheardClaim[] = [];
  /** When the last one that was heard of took something; absent: there was none. */
  #lastHeardAt: number | undefined;

  constructor(context: PostgresContext, free: Free) {
    this.#context = context;
    this.#free = free;
  }

  /** Claims in a transaction of its own. */
  async claim<T>(work: (tx: PostgresSession) => Promise<T>): Promise<T> {
    const claim: UnheardClaim = { forgetAt: Infinity };
    try {
      const taken = await this.#context.db.write(async (tx) => {
        claim.at = await tx.now();
        return work(tx);
      });
      this.#lastHeardAt = claim.at;
      return taken;
    } catch (error) {
      if (error instanceof StoreUnavailableError) this.#remember(claim);
      throw error;
    }
  }

  /** Leaves nothing taken by a claim that nobody has heard of, as far as it has been made by now. */
  async free(): Promise<void> {
    if (this.#unheard.length === 0) return;
    const now = performance.now();
    this.#unheard = this.#unheard.filter(({ forgetAt }) => forgetAt > now);
    const instants = this.#unheard.flatMap(({ at }) => (at === undefined ? [] : [at]));
    if (instants.length > 0) await this.#context.db.write((tx) => this.#free(tx, instants));
  }

  #remember(claim: UnheardClaim): void {
    // What bears the instant of the one before may be that one's, and under way.
    if (claim.at !== undefined && claim.at === this.#lastHeardAt) return;
    claim.forgetAt = performance.now() + REMEMBERED_MS;
    this.#unheard.push(claim);
  }
}
