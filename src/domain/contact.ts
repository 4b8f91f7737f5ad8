import { type Brand } from './brand.ts';

/** A WhatsApp address, `user@server`, without agent or device suffix. */
export type Jid = Brand<string, 'Jid'>;

/** The store's own number for one person, whatever addresses that person writes from. */
export type ContactId = Brand<number, 'ContactId'>;

/** One name under which a contact is known: `phone:<canonical digits>` or `lid:<digits>`. */
export type Alias = Brand<string, 'Alias'>;

/** What stands at the other end of an address. Only `phone` and `lid` are a single person. */
export type ChatKind = 'phone' | 'lid' | 'group' | 'status' | 'newsletter' | 'other';

export interface Address {
  readonly kind: ChatKind;
  readonly user: string;
  readonly jid: Jid;
}

/** The addresses that one message shows its contact under; at least one of them is set. */
export interface Identity {
  /** Phone jid exactly as received: replies go there, with or without the ninth digit. */
  readonly phone?: Jid;
  readonly lid?: Jid;
}

const SERVER_KINDS: ReadonlyMap<string, ChatKind> = new Map([
  ['s.whatsapp.net', 'phone'],
  ['c.us', 'phone'],
  ['hosted', 'phone'],
  ['lid', 'lid'],
  ['hosted.lid', 'lid'],
  ['g.us', 'group'],
  ['newsletter', 'newsletter'],
  ['broadcast', 'status'],
]);

const JID = /^([^@:_\s]{1,64})(?:_\d+)?(?::\d+)?@([a-z.]{1,32})$/u;
const PHONE_DIGITS = /^\d{8,15}$/u;
const LID_DIGITS = /^\d{1,20}$/u;

/**
 * Reads a jid; `undefined` when it is none. A phone or lid whose user part is not digits (seen in
 * hostile payloads: `p@s.whatsapp.net`, `0@s.whatsapp.net`) is of kind `other`, nobody to answer.
 */
export function parseJid(text: string): Address | undefined {
  const match = JID.exec(text);
  if (match === null) return undefined;
  const [, user = '', server = ''] = match;
  const kind = kindOf(user, server);
  // `c.us` is the old spelling of the same address; the gateway sends to `s.whatsapp.net`.
  return { kind, user, jid: `${user}@${server === 'c.us' ? 's.whatsapp.net' : server}` as Jid };
}

function kindOf(user: string, server: string): ChatKind {
  const kind = SERVER_KINDS.get(server) ?? 'other';
  if (kind === 'phone') return PHONE_DIGITS.test(user) ? kind : 'other';
  if (kind === 'lid') return LID_DIGITS.test(user) ? kind : 'other';
  return kind;
}

/** The phone jid of digits that a person typed (`+55 (83) 9 8888-7777`); `undefined` if they cannot be one. */
export function phoneJid(typed: string): Jid | undefined {
  const digits = typed.replace(/[\s().+-]/gu, '');
  return PHONE_DIGITS.test(digits) ? (`${digits}@s.whatsapp.net` as Jid) : undefined;
}

/**
 * Whom somebody typed: a phone's digits, or the address of a person, as `...@lid`, which has no phone
 * that could be typed; `undefined` if it is neither.
 */
export function typedIdentity(typed: string): Identity | undefined {
  const phone = phoneJid(typed);
  if (phone !== undefined) return { phone };
  const address = parseJid(typed.trim());
  if (address?.kind === 'phone') return { phone: address.jid };
  return address?.kind === 'lid' ? { lid: address.jid } : undefined;
}

/**
 * The digits that stand for one subscriber. Brazilian mobile numbers are met with and without the
 * ninth digit (`55 DD 8888-7777` and `55 DD 9 8888-7777`), often for the same person; they come out
 * with it. Landlines (first digit 2 to 5) and other countries stay as they are.
 */
export function canonicalPhone(digits: string): string {
  const brazilianMobile = /^(55\d{2})([6-9]\d{7})$/u.exec(digits);
  return brazilianMobile === null
    ? digits
    : `${brazilianMobile[1] ?? ''}9${brazilianMobile[2] ?? ''}`;
}

/** Every name of the identity, the phone first. */
export function aliasesOf(identity: Identity): readonly Alias[] {
  const aliases: string[] = [];
  if (identity.phone !== undefined) aliases.push(`phone:${canonicalPhone(userOf(identity.phone))}`);
  if (identity.lid !== undefined) aliases.push(`lid:${userOf(identity.lid)}`);
  return aliases as Alias[];
}

/** The part of a jid before the `@`. */
export function userOf(jid: Jid): string {
  return jid.slice(0, jid.indexOf('@'));
}

/** A number as logs and statistics may show it: `55*******1234`; a lid keeps its last four digits. */
export function maskNumber(number: string): string {
  const digits = number.replace(/@.*$/u, '');
  if (digits.length <= 6) return '*'.repeat(digits.length);
  return `${digits.slice(0, 2)}${'*'.repeat(digits.length - 6)}${digits.slice(-4)}`;
}
