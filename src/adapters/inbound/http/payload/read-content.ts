import { cleanId, cleanText } from './clean-text.ts';
import { CONTENT_READERS } from './content-readers.ts';
import { type Content } from './content.ts';
import { asRecord, type LooseRecord, recordAt, stringAt, valueAt } from './loose-record.ts';

/** WhatsApp's own library peels five layers; hostile messages stack more. */
const MAX_LAYERS = 10;

/** Envelopes around a message: each holds the next layer in its `message`. */
const WRAPPERS = [
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
  'deviceSentMessage',
  'associatedChildMessage',
  'groupStatusMessage',
  'groupStatusMessageV2',
  'groupMentionedMessage',
  'botInvokeMessage',
  'lottieStickerMessage',
  'eventCoverImage',
  'statusMentionMessage',
  'groupStatusMentionMessage',
  'statusAddYours',
  'pollCreationMessageV4',
  'pollCreationOptionImageMessage',
  'limitSharingMessage',
  'botTaskMessage',
  'botForwardedMessage',
  'questionMessage',
  'questionReplyMessage',
] as const;

const TEMPLATES = ['hydratedFourRowTemplate', 'hydratedTemplate', 'fourRowTemplate'] as const;

/** Fields that may stand in a message whose content never came, or has yet to come. */
const NO_CONTENT: ReadonlySet<string> = new Set([
  'messageContextInfo',
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'conversation',
  'extendedTextMessage',
  ...WRAPPERS,
]);

/**
 * What a message says, out of all its envelopes.
 *
 * An edit is told from a new text before any envelope is opened, because the edited words look like
 * new ones inside. `empty` when there is no content (it may come again under the same id),
 * `unsupported` when there is some that nobody can answer.
 */
export function readContent(message: LooseRecord): Content {
  let layer = message;
  for (let depth = 0; depth <= MAX_LAYERS; depth += 1) {
    const content = readChange(layer) ?? readLayer(layer);
    if (content !== undefined) return content;
    const inner = openLayer(layer);
    if (inner === undefined) return { kind: isSilent(layer) ? 'empty' : 'unsupported', text: '' };
    layer = inner;
  }
  return { kind: 'unsupported', text: '' };
}

/** The id of the message that this part answers to. */
export function quotedIdIn(part: LooseRecord): string | undefined {
  const context = recordAt(part, 'contextInfo');
  return context === undefined ? undefined : cleanId(valueAt(context, 'stanzaId'));
}

function readChange(layer: LooseRecord): Content | undefined {
  if (recordAt(layer, 'editedMessage') !== undefined) return { kind: 'edit', text: '' };
  const protocol = recordAt(layer, 'protocolMessage');
  if (protocol === undefined) return undefined;
  const type = valueAt(protocol, 'type');
  if (type === 14 || type === 'MESSAGE_EDIT') return { kind: 'edit', text: '' };
  return isRevoke(protocol, type) ? { kind: 'revoke', text: '' } : undefined;
}

/** Some serialisers drop a field that is zero, and zero is the revoke. */
function isRevoke(protocol: LooseRecord, type: unknown): boolean {
  if (type === 0 || type === 'REVOKE') return true;
  return type === undefined && recordAt(protocol, 'key') !== undefined;
}

function readLayer(layer: LooseRecord): Content | undefined {
  const plain = cleanText(stringAt(layer, 'conversation') ?? '');
  if (plain !== '') return { kind: 'text', text: plain };
  for (const [name, read] of CONTENT_READERS) {
    const part = recordAt(layer, name);
    const content = part === undefined ? undefined : read(part);
    if (part === undefined || content === undefined) continue;
    const quotedId = quotedIdIn(part);
    return quotedId === undefined ? content : { ...content, quotedId };
  }
  return readTemplate(layer);
}

function readTemplate(layer: LooseRecord): Content | undefined {
  const template = openTemplate(layer);
  const written = template === undefined ? '' : (stringAt(template, 'hydratedContentText') ?? '');
  const text = cleanText(written);
  return text === '' ? undefined : { kind: 'text', text };
}

function openLayer(layer: LooseRecord): LooseRecord | undefined {
  for (const name of WRAPPERS) {
    const wrapper = recordAt(layer, name);
    const inner = wrapper === undefined ? undefined : asRecord(valueAt(wrapper, 'message'));
    if (inner !== undefined) return inner;
  }
  // A business's buttons and templates carry a picture or a file as their header.
  return openTemplate(layer) ?? recordAt(layer, 'buttonsMessage');
}

function openTemplate(layer: LooseRecord): LooseRecord | undefined {
  const template = recordAt(layer, 'templateMessage');
  if (template === undefined) return undefined;
  for (const name of TEMPLATES) {
    const inner = recordAt(template, name);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function isSilent(layer: LooseRecord): boolean {
  return Object.keys(layer).every((name) => {
    const value = valueAt(layer, name);
    return value === undefined || value === null || NO_CONTENT.has(name);
  });
}
