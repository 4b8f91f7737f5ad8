import { marksIn } from './message-marks.ts';

/** One message that a contact wrote, and what the driver learned of it. */
export interface WrittenMessage {
  readonly mark: string;
  /** The contact's jid. */
  readonly contact: string;
  /** A 2xx was seen. */
  acknowledged: boolean;
  /** It had been stored by a delivery whose answer was never seen. */
  recovered: boolean;
}

/** One text that reached a contact, confirmed or not. */
export interface ReceivedReply {
  readonly to: string;
  readonly text: string;
}

/** What became of everything, from the contacts' side; Jepsen's total-queue checker, with order. */
export interface Account {
  readonly attempted: number;
  readonly acknowledged: number;
  /** Acknowledged, and named by exactly one reply to its own contact. */
  readonly answeredOnce: number;
  /** Acknowledged, and named by no reply. */
  readonly lost: number;
  /** Named by more than one reply. */
  readonly duplicated: number;
  /** Further copies of all of them. */
  readonly extraCopies: number;
  /** The most copies that one message had. */
  readonly mostCopies: number;
  /** Replies that name nothing, or what their contact never wrote. */
  readonly unexpected: number;
  readonly recovered: number;
  /** Messages answered after a later one of the same contact. */
  readonly outOfOrder: number;
  readonly lostMarks: readonly string[];
}

/**
 * @param written - Each contact's messages in the order in which they were acknowledged first.
 * @param received - In the order in which the gateway took them.
 */
export function accountFor(
  written: readonly WrittenMessage[],
  received: readonly ReceivedReply[],
): Account {
  const copies = new Map<string, number>();
  for (const { to, text } of received) {
    for (const mark of marksIn(text)) count(copies, `${to} ${mark}`);
  }
  const copiesOf = ({ contact, mark }: WrittenMessage): number =>
    copies.get(`${contact} ${mark}`) ?? 0;
  const acknowledged = written.filter((message) => message.acknowledged);
  const lost = acknowledged.filter((message) => copiesOf(message) === 0);
  const doubled = written.filter((message) => copiesOf(message) > 1);
  return {
    attempted: written.length,
    acknowledged: acknowledged.length,
    answeredOnce: acknowledged.filter((message) => copiesOf(message) === 1).length,
    lost: lost.length,
    duplicated: doubled.length,
    extraCopies: doubled.reduce((sum, message) => sum + copiesOf(message) - 1, 0),
    mostCopies: Math.max(0, ...written.map(copiesOf)),
    unexpected: countUnexpected(written, received),
    recovered: written.filter((message) => message.recovered).length,
    outOfOrder: countOutOfOrder(written, received),
    lostMarks: lost.map(({ mark }) => mark),
  };
}

function countUnexpected(
  written: readonly WrittenMessage[],
  received: readonly ReceivedReply[],
): number {
  const known = new Set(written.map(({ contact, mark }) => `${contact} ${mark}`));
  return received.filter(({ to, text }) => {
    const marks = marksIn(text);
    return marks.length === 0 || marks.some((mark) => !known.has(`${to} ${mark}`));
  }).length;
}

/** Only the first copy of each counts: a later one is a duplicate, which is counted as such. */
function countOutOfOrder(
  written: readonly WrittenMessage[],
  received: readonly ReceivedReply[],
): number {
  const places = new Map(written.map(({ contact, mark }, place) => [`${contact} ${mark}`, place]));
  const latest = new Map<string, number>();
  const seen = new Set<string>();
  let disorder = 0;
  for (const { to, text } of received) {
    for (const mark of marksIn(text)) {
      const place = places.get(`${to} ${mark}`);
      if (place === undefined || seen.has(`${to} ${mark}`)) continue;
      seen.add(`${to} ${mark}`);
      if (place < (latest.get(to) ?? -1)) disorder += 1;
      else latest.set(to, place);
    }
  }
  return disorder;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
