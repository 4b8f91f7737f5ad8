import { type MessageKind } from '../../../../domain/incoming-message.ts';
import { cleanText } from './clean-text.ts';
import { type Content } from './content.ts';
import { asRecord, type LooseRecord, stringAt, valueAt } from './loose-record.ts';
import { readContent } from './read-content.ts';

/** WPPConnect's word for the kind stands in `type`; with a file, its `body` is a thumbnail's bytes. */
const FLAT_KINDS: ReadonlyMap<string, MessageKind> = new Map<string, MessageKind>([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['ptt', 'audio'],
  ['document', 'document'],
  ['sticker', 'sticker'],
  ['location', 'location'],
  ['vcard', 'contact'],
  ['order', 'order'],
]);

const WORD_FIELDS = ['text', 'conversation', 'body', 'message', 'caption'] as const;

/**
 * The content of a message as it lies in its body, in the gateway's form or an older, flat one.
 * `undefined` when there is none: neither a message, nor a stub, nor words.
 */
export function readBodyContent(record: LooseRecord): Content | undefined {
  const message = asRecord(valueAt(record, 'message'));
  if (message !== undefined && hasFields(message)) return readMessageField(message);
  const stub = readStub(valueAt(record, 'messageStubType'));
  if (stub !== undefined) return { kind: stub, text: '' };
  return readFlat(record);
}

/** What a notice without a message stands for: a message taken back, or one that could not be decrypted. */
export function readStub(type: unknown): 'revoke' | 'empty' | undefined {
  if (type === 1 || type === 'REVOKE') return 'revoke';
  if (typeof type === 'number') return type === 0 ? undefined : 'empty';
  return typeof type === 'string' ? 'empty' : undefined;
}

function hasFields(message: LooseRecord): boolean {
  return Object.keys(message).some((name) => (valueAt(message, name) ?? undefined) !== undefined);
}

function readMessageField(message: LooseRecord): Content {
  const content = readContent(message);
  if (content.kind !== 'unsupported') return content;
  return readWords(message) ?? content;
}

function readFlat(record: LooseRecord): Content | undefined {
  const kind = FLAT_KINDS.get(stringAt(record, 'type') ?? '');
  if (kind !== undefined) return { kind, text: cleanText(stringAt(record, 'caption') ?? '') };
  const text = asRecord(valueAt(record, 'text'));
  return (text === undefined ? undefined : readWords(text)) ?? readWords(record);
}

function readWords(record: LooseRecord): Content | undefined {
  const text = cleanText(stringAt(record, ...WORD_FIELDS) ?? '');
  return text === '' ? undefined : { kind: 'text', text };
}
