import { type LogFields, type Logger } from '../../../application/ports/outbound/logger.ts';

/** Logs what goes wrong again and again once for each kind of failure in a row, and that it has ended. */
export class FailureLog {
  #lasting: string | undefined;

  constructor(
    private readonly events: { readonly failed: string; readonly ended: string },
    private readonly fields: LogFields,
    private readonly logger: Logger,
  ) {}

  failed(error: unknown): void {
    const kind = error instanceof Error ? error.name : typeof error;
    if (kind === this.#lasting) return;
    this.#lasting = kind;
    this.logger.error(this.events.failed, { ...this.fields, error });
  }

  worked(): void {
    if (this.#lasting === undefined) return;
    this.#lasting = undefined;
    this.logger.info(this.events.ended, this.fields);
  }
}
