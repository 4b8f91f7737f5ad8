import { type GatewayEvent } from '../../../../domain/incoming-message.ts';
import { type Content } from './content.ts';
import { isTrueAt, type LooseRecord, recordAt, stringAt, valueAt } from './loose-record.ts';
import { readBodyContent, readStub } from './read-body-content.ts';
import { readJid } from './read-chat.ts';
import { readContent } from './read-content.ts';
import { readMessage } from './read-message.ts';
import { type Leaf, topicOf } from './unfold-body.ts';

type Topic = 'receipt' | 'connection' | 'qrcode' | 'revoke' | 'edit';

/** Mega tells its events in `messageType`, its relatives in `event`. All others are about messages. */
const TOPICS: ReadonlyMap<string, Topic> = new Map<string, Topic>([
  ['message.ack', 'receipt'],
  ['messages.update', 'receipt'],
  ['message.receipt.update', 'receipt'],
  ['messages.receipt.update', 'receipt'],
  ['onack', 'receipt'],
  ['connection.update', 'connection'],
  ['qrcode.update', 'qrcode'],
  ['qrcode.updated', 'qrcode'],
  ['messages.delete', 'revoke'],
  ['messages.edited', 'edit'],
]);

/** Mega says `phone_connected`, Baileys and Evolution `open`. Nothing else is known to mean "ready". */
const CONNECTED: ReadonlySet<string> = new Set(['phone_connected', 'connected', 'open']);
const STATE_FIELDS = ['message', 'state', 'status', 'connection'] as const;

/** Tells what one entry of a webhook body is about. */
export function readEvent(leaf: Leaf): GatewayEvent {
  const topic = findTopic(leaf);
  if (topic === 'connection') return connection(leaf, isConnected(leaf.record));
  if (topic === 'qrcode') return connection(leaf, false);
  const update = recordAt(leaf.record, 'update');
  if (update !== undefined && isAboutOld(leaf.record, update)) return readUpdate(leaf, update);
  if (topic === 'receipt') return { type: 'receipt' };
  const content = topic === undefined ? readBodyContent(leaf.record) : { kind: topic, text: '' };
  return content === undefined ? { type: 'unreadable' } : readMessage(leaf, content);
}

function findTopic({ record, topic }: Leaf): Topic | undefined {
  const own = topicOf(stringAt(record, 'messageType'));
  return TOPICS.get(own ?? '') ?? TOPICS.get(topic ?? '');
}

/** Whether the entry tells of a message that was delivered before, rather than bringing one. */
function isAboutOld(record: LooseRecord, update: LooseRecord): boolean {
  return valueAt(update, 'status') !== undefined || recordAt(record, 'message') === undefined;
}

/** Nearly always a delivery status; seldom the message was taken back or changed. */
function readUpdate(leaf: Leaf, update: LooseRecord): GatewayEvent {
  const change = readChange(update);
  return change === undefined ? { type: 'receipt' } : readMessage(leaf, change);
}

function readChange(update: LooseRecord): Content | undefined {
  if (readStub(valueAt(update, 'messageStubType')) === 'revoke')
    return { kind: 'revoke', text: '' };
  const message = recordAt(update, 'message');
  const content = message === undefined ? undefined : readContent(message);
  return content?.kind === 'edit' || content?.kind === 'revoke' ? content : undefined;
}

function connection({ record, instance }: Leaf, connected: boolean): GatewayEvent {
  const own = readJid(stringAt(record, 'jid'));
  const isOwnKnown = own?.kind === 'phone' || own?.kind === 'lid';
  return {
    type: 'connection',
    ...(instance === undefined ? {} : { instance }),
    connected,
    ...(isOwnKnown ? { ownJid: own.jid } : {}),
  };
}

function isConnected(record: LooseRecord): boolean {
  if (isTrueAt(record, 'connected')) return true;
  return STATE_FIELDS.some((field) => {
    const state = valueAt(record, field);
    return typeof state === 'string' && CONNECTED.has(state.toLowerCase());
  });
}
