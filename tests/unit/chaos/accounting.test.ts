import { describe, expect, it } from '@jest/globals';

import { accountFor, type WrittenMessage } from '../../../chaos/support/accounting.ts';
import { markOf, marksIn } from '../../../chaos/support/message-marks.ts';
import { SeededRandom } from '../../../bench/support/seeded-random.ts';

const ANA = '5583900000001@s.whatsapp.net';
const BIA = '5583900000002@s.whatsapp.net';

function wrote(contact: string, message: number, acknowledged = true): WrittenMessage {
  return { contact, mark: markOf(message), acknowledged, recovered: false };
}

function reply(to: string, ...messages: readonly number[]): { to: string; text: string } {
  return { to, text: `Recebi: ${messages.map(markOf).join(' ')}` };
}

describe('accountFor', () => {
  const written = [wrote(ANA, 1), wrote(ANA, 2), wrote(BIA, 3)];

  it('counts messages that are answered once, one or several to a reply', () => {
    expect(accountFor(written, [reply(BIA, 3), reply(ANA, 1, 2)])).toMatchObject({
      attempted: 3,
      acknowledged: 3,
      answeredOnce: 3,
      lost: 0,
      duplicated: 0,
      unexpected: 0,
      outOfOrder: 0,
    });
  });

  it('sees a message that no reply names', () => {
    expect(accountFor(written, [reply(ANA, 1), reply(BIA, 3)])).toMatchObject({
      lost: 1,
      misses: [{ what: 'lost', contact: ANA, subject: markOf(2) }],
    });
  });

  it('does not miss a message that was never acknowledged', () => {
    const account = accountFor([wrote(ANA, 1, false)], []);

    expect(account).toMatchObject({ attempted: 1, acknowledged: 0, lost: 0 });
  });

  it('sees a second and a third copy', () => {
    const copies = [reply(ANA, 1), reply(ANA, 1), reply(ANA, 1, 2), reply(BIA, 3)];

    expect(accountFor(written, copies)).toMatchObject({
      answeredOnce: 2,
      duplicated: 1,
      extraCopies: 2,
      mostCopies: 3,
      repeatedReplies: 1,
    });
  });

  it('sees an answer that went to somebody else, and one that names nothing', () => {
    const strange = [reply(ANA, 1, 2), reply(BIA, 3), reply(BIA, 1), { to: ANA, text: 'Desculpe' }];

    expect(accountFor(written, strange)).toMatchObject({ unexpected: 2, duplicated: 0 });
  });

  it('sees a message that is answered after a later one', () => {
    const account = accountFor(written, [reply(ANA, 2), reply(BIA, 3), reply(ANA, 1)]);

    expect(account).toMatchObject({ outOfOrder: 1, lost: 0 });
  });

  it('does not take a late copy for disorder', () => {
    const account = accountFor(written, [reply(ANA, 1), reply(ANA, 2), reply(ANA, 1)]);

    expect(account).toMatchObject({ outOfOrder: 0, duplicated: 1 });
  });
});

describe('markOf', () => {
  it('gives each message a word of its own, which is found in a text', () => {
    const marks = Array.from({ length: 2_000 }, (_, message) => markOf(message));

    expect(new Set(marks).size).toBe(2_000);
    expect(marksIn(`Oi, ${marks.join(', ')}. ${marks[0] ?? ''}`)).toEqual(marks);
  });
});

describe('SeededRandom', () => {
  it('decides the same again with the same seed, and otherwise with another', () => {
    const drawn = (seed: number): number[] => {
      const random = new SeededRandom(seed);
      return Array.from({ length: 50 }, () => random.next());
    };

    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
    expect(drawn(7).every((value) => value >= 0 && value < 1)).toBe(true);
  });
});
