import {
  type ChatKind,
  type Identity,
  type Jid,
  parseJid,
  phoneJid,
} from '../../../../domain/contact.ts';
import { type LooseRecord, stringAt } from './loose-record.ts';

/** Where a message belongs. `identity` is empty unless the chat is one person. */
export interface Chat {
  readonly chat: ChatKind;
  readonly identity: Identity;
}

interface Address {
  readonly kind: ChatKind;
  readonly jid: Jid;
}

const LONGEST_JID = 128;
/** Meta AI writes under a phone-like address; an answer to it would be two machines talking. */
const MACHINES: ReadonlySet<string> = new Set(['13135550002@s.whatsapp.net']);
/** No phone of a Brazilian shop's customers is longer; a hidden id (lid) that lost its suffix has 14 digits or more. */
const LONGEST_BARE_PHONE = 13;
/** Room for `+55 (83) 9 8888-7777` and the like. */
const LONGEST_TYPED_PHONE = 40;
const LID_DIGITS = /^\d{1,20}$/u;

/**
 * The chat of a message key: `remoteJid`, completed by the alternatives that gateways send along
 * (`remoteJidAlt`, `senderPn`, `senderLid`, possibly without their suffix). On own messages the
 * alternatives name the account's owner and are not read. `undefined` when no address can be made out.
 */
export function readKeyedChat(key: LooseRecord, fromMe: boolean): Chat | undefined {
  const isLidChat = stringAt(key, 'addressingMode') === 'lid';
  const main = readRemoteJid(stringAt(key, 'remoteJid'), isLidChat);
  if (main !== undefined && !isPerson(main)) return { chat: main.kind, identity: {} };
  const others = fromMe ? [] : alternatives(key, main?.kind ?? (isLidChat ? 'lid' : undefined));
  return chatOf(main === undefined ? others : [main, ...others]);
}

/** The chat of the older flat forms, where an address or a bare phone stands in one field. */
export function readFlatChat(address: string | undefined): Chat | undefined {
  if (address === undefined) return undefined;
  const jid = address.includes('@') ? readJid(address) : barePhone(address, LONGEST_TYPED_PHONE);
  if (jid === undefined) return undefined;
  return isPerson(jid) ? chatOf([jid]) : { chat: jid.kind, identity: {} };
}

/** Reads a full jid, without its device; the addresses of machines are of kind `other`. */
export function readJid(text: string | undefined): Address | undefined {
  if (text === undefined || text.length > LONGEST_JID) return undefined;
  const address = parseJid(text.trim());
  if (address === undefined) return undefined;
  return MACHINES.has(address.jid) ? { kind: 'other', jid: address.jid } : address;
}

function readRemoteJid(text: string | undefined, isLid: boolean): Address | undefined {
  if (text === undefined || text.includes('@')) return readJid(text);
  if (isLid) return bareLid(text);
  return barePhone(text, LONGEST_BARE_PHONE);
}

function alternatives(key: LooseRecord, mainKind: ChatKind | undefined): readonly Address[] {
  const otherKind = mainKind === 'lid' ? 'phone' : mainKind === 'phone' ? 'lid' : undefined;
  const found = [
    readAlternative(stringAt(key, 'remoteJidAlt'), otherKind),
    readAlternative(stringAt(key, 'senderPn'), 'phone'),
    readAlternative(stringAt(key, 'senderLid'), 'lid'),
  ];
  return found.filter((address) => address !== undefined && isPerson(address)) as Address[];
}

function readAlternative(
  text: string | undefined,
  bareKind: 'phone' | 'lid' | undefined,
): Address | undefined {
  if (text === undefined || text.includes('@')) return readJid(text);
  if (bareKind === undefined) return undefined;
  return bareKind === 'phone' ? barePhone(text, LONGEST_TYPED_PHONE) : bareLid(text);
}

function barePhone(text: string, longest: number): Address | undefined {
  return text.length <= longest ? readJid(phoneJid(text)) : undefined;
}

function bareLid(digits: string): Address | undefined {
  return LID_DIGITS.test(digits) ? readJid(`${digits}@lid`) : undefined;
}

function isPerson(address: Address): boolean {
  return address.kind === 'phone' || address.kind === 'lid';
}

function chatOf(addresses: readonly Address[]): Chat | undefined {
  const phone = addresses.find(({ kind }) => kind === 'phone')?.jid;
  const lid = addresses.find(({ kind }) => kind === 'lid')?.jid;
  const [first] = addresses;
  if (first === undefined) return undefined;
  return {
    chat: first.kind,
    identity: { ...(phone === undefined ? {} : { phone }), ...(lid === undefined ? {} : { lid }) },
  };
}
