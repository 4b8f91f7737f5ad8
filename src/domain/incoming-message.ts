import { type ChatKind, type Identity, type Jid } from './contact.ts';

/** What a message carries. The kinds after `order` are not words to answer, but events about others. */
export const MESSAGE_KINDS = [
  'text',
  'audio',
  'image',
  'video',
  'document',
  'sticker',
  'location',
  'contact',
  'poll',
  'order',
  'reaction',
  'edit',
  'revoke',
  'empty',
  'unsupported',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** What is needed later to fetch a file from the gateway; the url alone holds encrypted bytes. */
export interface MediaReference {
  readonly mimetype?: string;
  readonly mediaKey?: string;
  readonly directPath?: string;
  readonly url?: string;
  readonly fileName?: string;
  readonly seconds?: number;
}

/** One message as the gateway tells it: from a contact, or (`fromMe`) from the shop's own number. */
export interface IncomingMessage {
  /** The gateway's instance; `undefined` where the payload does not say (v2.1's own test call). */
  readonly instance?: string;
  /** The gateway's id; a redelivery carries the same one. Absent in hand-made calls. */
  readonly id?: string;
  readonly fromMe: boolean;
  readonly chat: ChatKind;
  /** Who the conversation is with. Empty for chats that are not one person. */
  readonly identity: Identity;
  /** The profile name, as the sender typed it. Untrusted text. */
  readonly name?: string;
  readonly kind: MessageKind;
  /** The contact's own words: text, caption, chosen button. Well-formed, without NUL; may be empty. */
  readonly text: string;
  readonly media?: MediaReference;
  /** Id of the message that this one answers to. */
  readonly quotedId?: string;
  /** When the sender's phone says it was written, in ms since 1970. */
  readonly sentAt?: number;
}

/** One thing that a webhook body tells; a body may hold several. */
export type GatewayEvent =
  | { readonly type: 'message'; readonly message: IncomingMessage }
  | {
      readonly type: 'connection';
      readonly instance?: string;
      readonly connected: boolean;
      readonly ownJid?: Jid;
    }
  | { readonly type: 'receipt' }
  /** Neither a contact nor content could be made out. */
  | { readonly type: 'unreadable' };

/** Longest text that is taken from one message, in UTF-16 units. WhatsApp's own limit is 65,536. */
export const MAX_TEXT = 65_536;
