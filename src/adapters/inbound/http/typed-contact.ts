import { type Jid, parseJid, phoneJid, userOf } from '../../../domain/contact.ts';

/** What a typed contact must look like, to follow the field's name. */
export const TYPED_CONTACT_RULE =
  'must be a phone number of 8 to 15 digits with its country code, or an address ending in @s.whatsapp.net or @lid';

/** The address of a contact that a person typed; `undefined` if it is not that of a single person. */
export function typedContact(typed: string): Jid | undefined {
  const trimmed = typed.trim();
  if (!trimmed.includes('@')) return phoneJid(trimmed);
  const address = parseJid(trimmed);
  return address?.kind === 'phone' || address?.kind === 'lid' ? address.jid : undefined;
}

/** A contact as answers show it: a phone by its digits, a lid with its server, for it is no phone. */
export function contactAsTyped(contact: Jid): string {
  return parseJid(contact)?.kind === 'phone' ? userOf(contact) : contact;
}
