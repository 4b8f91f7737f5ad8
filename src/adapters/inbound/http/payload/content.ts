import { type MediaReference, type MessageKind } from '../../../../domain/incoming-message.ts';

/** What one message carries, apart from who sent it. */
export interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly media?: MediaReference;
  readonly quotedId?: string;
}
