import { type MessageKind } from '../../../../domain/incoming-message.ts';
import { cleanText } from './clean-text.ts';
import { type Content } from './content.ts';
import { asRecord, listAt, type LooseRecord, recordAt, stringAt } from './loose-record.ts';
import { readInteractive } from './read-interactive.ts';
import { readMedia } from './read-media.ts';
import { readParameters } from './read-parameters.ts';

/** Reads one named part of a message; `undefined` when there is nothing in it to go by. */
type ContentReader = (part: LooseRecord) => Content | undefined;

const MOST_CONTACTS = 20;

/**
 * The parts that carry something, by their names in WhatsApp's message format. Quoted messages live
 * in a part's `contextInfo`, which no reader opens for words.
 */
export const CONTENT_READERS: ReadonlyMap<string, ContentReader> = new Map<string, ContentReader>([
  ['extendedTextMessage', words('text')],
  ['imageMessage', file('image')],
  ['videoMessage', file('video')],
  ['ptvMessage', file('video')],
  ['audioMessage', file('audio')],
  ['documentMessage', file('document')],
  ['stickerMessage', file('sticker')],
  ['buttonsResponseMessage', words('selectedDisplayText', 'selectedButtonId')],
  ['templateButtonReplyMessage', words('selectedDisplayText', 'selectedId')],
  ['listResponseMessage', readListResponse],
  ['interactiveResponseMessage', readInteractiveResponse],
  ['locationMessage', lines('location', 'name', 'address', 'comment')],
  ['liveLocationMessage', lines('location', 'caption')],
  ['contactMessage', lines('contact', 'displayName')],
  ['contactsArrayMessage', readContacts],
  ['pollCreationMessage', lines('poll', 'name')],
  ['pollCreationMessageV2', lines('poll', 'name')],
  ['pollCreationMessageV3', lines('poll', 'name')],
  ['pollCreationMessageV5', lines('poll', 'name')],
  ['reactionMessage', lines('reaction', 'text')],
  ['orderMessage', firstOf('order', 'message', 'orderTitle')],
  ['productMessage', readProduct],
  ['groupInviteMessage', words('caption')],
  ['eventMessage', readEvent],
  ['buttonsMessage', words('contentText')],
  ['listMessage', words('description', 'title')],
  ['interactiveMessage', readInteractive],
]);

/** A text, the first of the fields that says something. */
function words(...fields: readonly string[]): ContentReader {
  return (part) => text(stringAt(part, ...fields));
}

function firstOf(kind: MessageKind, ...fields: readonly string[]): ContentReader {
  return (part) => ({ kind, text: cleanText(stringAt(part, ...fields) ?? '') });
}

/** All of the fields, each on its own line. */
function lines(kind: MessageKind, ...fields: readonly string[]): ContentReader {
  return (part) => {
    const found = fields.map((field) => stringAt(part, field)).filter((line) => line !== undefined);
    return { kind, text: cleanText(found.join('\n')) };
  };
}

function file(kind: MessageKind): ContentReader {
  return (part) => {
    const media = readMedia(part);
    return {
      kind,
      text: cleanText(stringAt(part, 'caption') ?? ''),
      ...(media === undefined ? {} : { media }),
    };
  };
}

function readListResponse(part: LooseRecord): Content | undefined {
  const row = recordAt(part, 'singleSelectReply');
  const chosen = row === undefined ? undefined : stringAt(row, 'selectedRowId');
  return text(stringAt(part, 'title', 'description') ?? chosen);
}

function readInteractiveResponse(part: LooseRecord): Content | undefined {
  const body = recordAt(part, 'body');
  const written = body === undefined ? undefined : stringAt(body, 'text');
  return text(written ?? readChoice(recordAt(part, 'nativeFlowResponseMessage')));
}

/** The chosen option of a native flow. */
function readChoice(response: LooseRecord | undefined): string | undefined {
  const parameters = response === undefined ? undefined : readParameters(response, 'paramsJson');
  return parameters === undefined ? undefined : stringAt(parameters, 'display_text', 'title', 'id');
}

function readContacts(part: LooseRecord): Content {
  const contacts = (listAt(part, 'contacts') ?? []).slice(0, MOST_CONTACTS);
  const names = contacts.map((entry) => {
    const contact = asRecord(entry);
    return contact === undefined ? undefined : stringAt(contact, 'displayName');
  });
  const each = names.filter((name) => name !== undefined).join(', ');
  return { kind: 'contact', text: cleanText(stringAt(part, 'displayName') ?? each) };
}

function readProduct(part: LooseRecord): Content {
  const product = recordAt(part, 'product');
  const title = product === undefined ? undefined : stringAt(product, 'title');
  return { kind: 'order', text: cleanText(stringAt(part, 'body') ?? title ?? '') };
}

function readEvent(part: LooseRecord): Content | undefined {
  const found = [stringAt(part, 'name'), stringAt(part, 'description')];
  return text(found.filter((line) => line !== undefined).join('\n'));
}

function text(written: string | undefined): Content | undefined {
  const clean = cleanText(written ?? '');
  return clean === '' ? undefined : { kind: 'text', text: clean };
}
