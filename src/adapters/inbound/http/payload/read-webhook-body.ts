import { type GatewayEvent } from '../../../../domain/incoming-message.ts';
import { parseJson } from './parse-json.ts';
import { readEvent } from './read-event.ts';
import { unfoldBody } from './unfold-body.ts';

/** What a webhook body came to; `events` holds at least one. */
export type WebhookReading =
  | { readonly kind: 'events'; readonly events: readonly GatewayEvent[] }
  /** Not UTF-8, not JSON, empty, or nested too deep. */
  | { readonly kind: 'invalid_json' };

/**
 * Reads a webhook body of any sender: Mega's flat form, the envelopes of its relatives and of
 * automation tools around it, and the older `phone`/`message` forms.
 *
 * Never throws, whatever the bytes, and takes time in proportion to their number. At most 256
 * messages are taken from one body. Texts come out free of control characters and bounded; what
 * cannot be made out is an `unreadable` event.
 */
export function readWebhookBody(body: Uint8Array): WebhookReading {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'invalid_json' };
  const events = unfoldBody(json.value).map(readEvent);
  return { kind: 'events', events: events.length === 0 ? [{ type: 'unreadable' }] : events };
}
