/**
 * Knows whether this process has refused a message of the shop's own number, which may have been an
 * echo: then the silence about a send tells of us, and not of the gateway.
 */
export class RefusedEchoes {
  #refused = 0;
  #told = 0;

  /** One was refused. */
  note(): void {
    this.#refused += 1;
  }

  /** Shows that this process lives, and whether it has refused any since the last time. */
  async tell<T>(beat: (isDeaf: boolean) => Promise<T>): Promise<T> {
    const refused = this.#refused;
    const result = await beat(refused > this.#told);
    this.#told = refused;
    return result;
  }
}
