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
  /** Replies that said to a contact word for word what one before had said. */
  readonly repeatedReplies: number;
  /** Replies that name nothing, or what their contact never wrote. */
  readonly unexpected: number;
  readonly recovered: number;
  /** Messages answered after a later one of the same contact. */
  readonly outOfOrder: number;
  /** Everything that is not as it should be, one by one. */
  readonly misses: readonly Miss[];
}

/** A message that was not answered once and in its turn, or a reply that nobody asked for. */
export interface Miss {
  readonly what: 'lost' | 'duplicated' | 'out of order' | 'unexpected';
  readonly contact: string;
  /** The message's mark, or the reply's text. */
  readonly subject: string;
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
  const late = outOfOrder(written, received);
  const unasked = unexpected(written, received);
  return {
    attempted: written.length,
    acknowledged: acknowledged.length,
    answeredOnce: acknowledged.filter((message) => copiesOf(message) === 1).length,
    lost: lost.length,
    duplicated: doubled.length,
    extraCopies: doubled.reduce((sum, message) => sum + copiesOf(message) - 1, 0),
    repeatedReplies:
      received.length - new Set(received.map(({ to, text }) => `${to} ${text}`)).size,
    mostCopies: Math.max(0, ...written.map(copiesOf)),
    unexpected: unasked.length,
    recovered: written.filter((message) => message.recovered).length,
    outOfOrder: late.length,
    misses: [
      ...lost.map(({ contact, mark }) => miss('lost', contact, mark)),
      ...doubled.map(({ contact, mark }) => miss('duplicated', contact, mark)),
      ...late.map(({ contact, mark }) => miss('out of order', contact, mark)),
      ...unasked.map(({ to, text }) => miss('unexpected', to, text)),
    ],
  };
}

function miss(what: Miss['what'], contact: string, subject: string): Miss {
  return { what, contact, subject };
}

function unexpected(
  written: readonly WrittenMessage[],
  received: readonly ReceivedReply[],
): readonly ReceivedReply[] {
  const known = new Set(written.map(({ contact, mark }) => `${contact} ${mark}`));
  return received.filter(({ to, text }) => {
    const marks = marksIn(text);
    return marks.length === 0 || marks.some((mark) => !known.has(`${to} ${mark}`));
  });
}

/** Only the first copy of each counts: a later one is a duplicate, which is counted as such. */
function outOfOrder(
  written: readonly WrittenMessage[],
  received: readonly ReceivedReply[],
): readonly WrittenMessage[] {
  const places = new Map(written.map(({ contact, mark }, place) => [`${contact} ${mark}`, place]));
  const latest = new Map<string, number>();
  const seen = new Set<string>();
  const late: WrittenMessage[] = [];
  for (const { to, text } of received) {
    for (const mark of marksIn(text)) {
      const place = places.get(`${to} ${mark}`);
      if (place === undefined || seen.has(`${to} ${mark}`)) continue;
      seen.add(`${to} ${mark}`);
      if (place >= (latest.get(to) ?? -1)) latest.set(to, place);
      else late.push(...written.slice(place, place + 1));
    }
  }
  return late;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
