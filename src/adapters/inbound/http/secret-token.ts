import { hash, timingSafeEqual } from 'node:crypto';

/** A token that callers must show. Keeps its digest only, and compares in constant time. */
export class SecretToken {
  readonly #digest: Buffer;

  constructor(token: string) {
    this.#digest = hash('sha256', token, 'buffer');
  }

  /** Whether the candidate is the token. Hashing both sides gives them one length, so that neither time nor an error tells it. */
  matches(candidate: string): boolean {
    return timingSafeEqual(this.#digest, hash('sha256', candidate, 'buffer'));
  }
}
