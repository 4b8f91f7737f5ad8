/** What every contact's jid begins with; the contact's number follows in five digits. */
const JID_PREFIX = '5583988';

/** The address of one of the bench's contacts. */
export function contactJid(contact: number): string {
  return `${JID_PREFIX}${String(contact).padStart(5, '0')}@s.whatsapp.net`;
}

export interface TextMessage {
  readonly jid: string;
  readonly id: string;
  readonly text: string;
  readonly fromMe?: boolean;
}

/** A text message in the form and about the size that Mega API posts it in. */
export function textMessageBody({ jid, id, text, fromMe = false }: TextMessage): string {
  const now = Date.now();
  return JSON.stringify({
    instance_key: 'instance-of-the-bench',
    jid: '5583999990000@s.whatsapp.net',
    isBusiness: false,
    messageType: 'conversation',
    key: { remoteJid: jid, fromMe, id },
    messageTimestamp: Math.floor(now / 1000),
    pushName: 'Maria Aparecida de Souza',
    broadcast: false,
    message: {
      conversation: text,
      messageContextInfo: {
        deviceListMetadata: {
          senderKeyHash: 'Qm9ndXMtc2VuZGVyLWtleS1oYXNo',
          senderTimestamp: String(Math.floor(now / 1000) - 86_400),
          recipientKeyHash: 'Qm9ndXMtcmVjaXBpZW50LWhhc2g=',
          recipientTimestamp: String(Math.floor(now / 1000) - 3_600),
        },
        deviceListMetadataVersion: 2,
        messageSecret: 'c2VjcmV0IG9mIG5vIGltcG9ydGFuY2UgYXQgYWxsIQ==',
      },
    },
    verifiedBizName: '',
    status: 'DELIVERY_ACK',
  });
}
