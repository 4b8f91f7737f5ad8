/** A message as Mega posts it; what is given replaces the field of the same name. */
interface WebhookBody {
  readonly instance_key: string;
  /** The shop's own number, never the contact's. */
  readonly jid: string;
  readonly messageType: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly messageTimestamp: unknown;
  readonly pushName: string;
  readonly message: unknown;
}

/** A text message of one contact to the shop, in Mega's flat form. */
export function aWebhookBody(given: Partial<WebhookBody> = {}): WebhookBody {
  return {
    instance_key: 'megastart-demo',
    jid: '5583999990000@s.whatsapp.net',
    messageType: 'conversation',
    key: { remoteJid: '558388887777@s.whatsapp.net', fromMe: false, id: '3EB0A1B2C3D4E5F60718' },
    messageTimestamp: 1_789_473_600,
    pushName: 'Ana Souza',
    message: { conversation: 'Qual o preço do curso?' },
    ...given,
  };
}

/** A body as it comes over the wire. */
export function toBytes(body: unknown): Uint8Array {
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}
