import { type GatewayEvent } from '../../../domain/incoming-message.ts';
import { type IgnoreReason } from '../../../domain/screening.ts';

/** One webhook body, read. */
export interface WebhookDelivery {
  readonly events: readonly GatewayEvent[];
  readonly body: Uint8Array;
  /** Ties the log lines of one delivery together. */
  readonly requestId: string;
}

export type Receipt =
  { readonly status: 'processing' } | { readonly status: 'ignored'; readonly reason: IgnoreReason };

/** Takes in what the gateway delivers. */
export interface ReceiveMessage {
  /**
   * Stores what is to be answered. When it returns, that is on disk.
   *
   * @returns `processing` if anything will be answered, else why the first event is not.
   * @throws StoreUnavailableError when nothing could be stored and the sender should try again.
   */
  execute(delivery: WebhookDelivery): Promise<Receipt>;
}
