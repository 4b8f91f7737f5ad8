import { type Jid } from '../../src/domain/contact.ts';
import { type IncomingMessage } from '../../src/domain/incoming-message.ts';

/** A customer's question as the gateway brings it. */
export function anIncomingMessage(overrides: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    instance: 'loja',
    id: 'MSG-1',
    fromMe: false,
    chat: 'phone',
    identity: { phone: '5583988887777@s.whatsapp.net' as Jid },
    name: 'Ana',
    kind: 'text',
    text: 'Quanto custa o curso?',
    ...overrides,
  };
}
