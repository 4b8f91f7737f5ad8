import { type GatewayEvent, type IncomingMessage } from '../../../../domain/incoming-message.ts';
import { cleanId, cleanName } from './clean-text.ts';
import { type Content } from './content.ts';
import {
  integerAt,
  isTrueAt,
  type LooseRecord,
  recordAt,
  stringAt,
  valueAt,
} from './loose-record.ts';
import { type Chat, readFlatChat, readKeyedChat } from './read-chat.ts';
import { quotedIdIn } from './read-content.ts';
import { type Leaf } from './unfold-body.ts';

/** WhatsApp began in 2009; the upper bound is 2100. What lies outside is no time of writing. */
const EARLIEST_MS = 1_230_768_000_000;
const LATEST_MS = 4_102_444_800_000;
/** Above this a time stamp is in milliseconds already: as seconds it would lie in the year 33658. */
const LARGEST_SECONDS = 1_000_000_000_000;

const NAME_FIELDS = ['pushName', 'notifyName', 'senderName', 'verifiedBizName'] as const;
const ID_FIELDS = ['id', 'messageId', 'keyId'] as const;
const TIME_FIELDS = ['messageTimestamp', 't', 'timestamp', 'momment'] as const;
/** The other end of the chat. In the flat forms `from` of an own message is the shop itself. */
const OWN_ADDRESS_FIELDS = ['phone', 'remoteJid', 'chatId', 'to'] as const;
const ADDRESS_FIELDS = ['phone', 'from', 'remoteJid', 'chatId'] as const;

/** The message around a content; `unreadable` when nobody can be named who it is with. */
export function readMessage(leaf: Leaf, content: Content): GatewayEvent {
  const { record, instance } = leaf;
  const key = recordAt(record, 'key');
  const fromMe = isTrueAt(record, 'fromMe') || (key !== undefined && isTrueAt(key, 'fromMe'));
  const chat = key === undefined ? flatChat(record, fromMe) : readKeyedChat(key, fromMe);
  if (chat === undefined) return { type: 'unreadable' };
  const about = {
    instance,
    id: readId(key ?? record),
    // The profile name on an own message is the shop's, not the contact's.
    name: fromMe ? undefined : cleanName(stringAt(record, ...NAME_FIELDS)),
    quotedId: content.quotedId ?? quotedIdIn(record),
    sentAt: readSentAt(record),
  };
  return { type: 'message', message: { fromMe, ...chat, ...content, ...withoutAbsent(about) } };
}

function flatChat(record: LooseRecord, fromMe: boolean): Chat | undefined {
  if (isTrueAt(record, 'isGroup') || isTrueAt(record, 'isGroupMsg')) {
    return { chat: 'group', identity: {} };
  }
  const phone = integerAt(record, 'phone');
  const fields = fromMe ? OWN_ADDRESS_FIELDS : ADDRESS_FIELDS;
  return readFlatChat(stringAt(record, ...fields) ?? phone?.toString());
}

function readId(record: LooseRecord): string | undefined {
  for (const field of ID_FIELDS) {
    const id = cleanId(valueAt(record, field));
    if (id !== undefined) return id;
  }
  return undefined;
}

function readSentAt(record: LooseRecord): number | undefined {
  for (const field of TIME_FIELDS) {
    const stamp = integerAt(record, field);
    if (stamp === undefined) continue;
    const ms = stamp > LARGEST_SECONDS ? stamp : stamp * 1_000;
    return ms >= EARLIEST_MS && ms <= LATEST_MS ? ms : undefined;
  }
  return undefined;
}

type Optional = Pick<IncomingMessage, 'instance' | 'id' | 'name' | 'quotedId' | 'sentAt'>;

function withoutAbsent(about: {
  readonly [Field in keyof Optional]: Optional[Field] | undefined;
}): Optional {
  const known: Record<string, unknown> = {};
  // Plainer forms make several lists for every message.
  for (const name in about) {
    const value = about[name as keyof Optional];
    if (value !== undefined) known[name] = value;
  }
  return known;
}
