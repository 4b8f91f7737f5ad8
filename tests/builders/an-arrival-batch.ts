import { type ArrivalBatch } from '../../src/application/ports/outbound/inbox.ts';
import { type IncomingMessage } from '../../src/domain/incoming-message.ts';
import { anIncomingMessage } from './an-incoming-message.ts';

/** What one webhook body brings: the messages given, or a single question. */
export function anArrivalBatch(...messages: readonly IncomingMessage[]): ArrivalBatch {
  const arriving = messages.length === 0 ? [anIncomingMessage()] : messages;
  return {
    arrivals: arriving.map((message) => ({ message })),
    body: new TextEncoder().encode('{"messageType":"conversation"}'),
  };
}
