import { type DeliveryState } from '../../../domain/delivery.ts';
import { type ConfirmedSend, type IngressBeats } from '../../../domain/echo-evidence.ts';
import { type IncomingMessage } from '../../../domain/incoming-message.ts';
import { type ReplyRow } from './reply-rows.ts';

/** A message from our own number. */
export type SeenMessage = Pick<IncomingMessage, 'kind' | 'text'> & {
  readonly id?: string | undefined;
  /** When it was seen, store time in ms; now, where nothing is said. */
  readonly at?: number;
};

/** A reply that has begun to leave. */
export interface BegunRow extends ReplyRow {
  readonly state: DeliveryState;
  readonly resends: number;
  /** How many echoes of it have been seen. */
  readonly echoes: number;
}

/** What is known of the echo of a confirmed send. */
export interface EchoedRow {
  readonly echoed_at: number | null;
  readonly echo_ms: number | null;
}

/** A confirmed send as its row says. */
export function confirmedSend({ echoed_at: echoedAt, echo_ms: echoMs }: EchoedRow): ConfirmedSend {
  return { isEchoed: echoedAt !== null, ...(echoMs === null ? {} : { echoMs }) };
}

/** When webhooks were taken, as the instance's row says. */
export function ingressBeats(row: Readonly<Record<string, unknown>> | undefined): IngressBeats {
  const at = row?.['ingress_at'] as number | null | undefined;
  const gapEndedAt = row?.['ingress_gap_at'] as number | null | undefined;
  return {
    ...(at == null ? {} : { at }),
    ...(gapEndedAt == null ? {} : { gapEndedAt }),
  };
}
