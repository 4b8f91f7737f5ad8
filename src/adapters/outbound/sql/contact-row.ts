import { type ContactId, type Identity, type Jid, userOf } from '../../../domain/contact.ts';
import { type PauseColumns } from './pause-columns.ts';

/** A contact as its row says. */
export interface ContactRow extends PauseColumns {
  readonly id: ContactId;
  readonly name: string | null;
  readonly phone_jid: Jid | null;
  readonly lid_jid: Jid | null;
  readonly first_pending_at: number | null;
  readonly ready_at: number | null;
  readonly lease_owner: string | null;
  readonly lease_since: number | null;
  readonly lease_until: number | null;
  readonly fence: number;
  readonly redo: number;
  readonly attempts: number;
  readonly deaths: number;
  /** After an error or several deaths: the contact is not due before. */
  readonly not_before: number | null;
}

/** The columns of a {@link ContactRow}. */
export const CONTACT_COLUMNS = `contact.id, name, phone_jid, lid_jid, first_pending_at, ready_at, lease_owner,
  lease_since, lease_until, fence, redo, attempts, deaths, not_before, paused_by, paused_until`;

/** The tables of everything that belongs to a contact. */
export const BELONGINGS = ['contact_alias', 'inbox', 'outbox', 'history', 'turn', 'echo'] as const;

/** Where an identity was learnt: WhatsApp's spelling of a number is kept, a typed one only for want of it. */
export type IdentitySource = 'received' | 'typed';

/** What the contact is known by: the phone and the lid that came last. */
export function addressesOf({
  phone_jid: phone,
  lid_jid: lid,
}: Pick<ContactRow, 'phone_jid' | 'lid_jid'>): Identity {
  return { ...(phone === null ? {} : { phone }), ...(lid === null ? {} : { lid }) };
}

/** Where a contact's replies go: the phone as received, the lid only where no phone is known. */
export function replyAddress(row: Pick<ContactRow, 'id' | 'phone_jid' | 'lid_jid'>): Jid {
  const address = row.phone_jid ?? row.lid_jid;
  if (address === null) throw new Error(`contact ${row.id} has no address`);
  return address;
}

/** How a contact is named to the owner: by the phone's digits as received, else by the lid with its server. */
export function shownNumber(row: Pick<ContactRow, 'phone_jid' | 'lid_jid'>): string {
  return row.phone_jid === null ? (row.lid_jid ?? '') : userOf(row.phone_jid);
}
