import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MessagingGateway } from '../../src/application/ports/outbound/messaging-gateway.ts';
import { type Jid } from '../../src/domain/contact.ts';

export interface MessagingGatewayUnderTest {
  readonly gateway: MessagingGateway;
  /** What has arrived at the other end, oldest first. */
  readonly arrived: () => readonly { readonly to: string; readonly text: string }[];
  readonly close: () => Promise<void>;
}

const ANA = '5583988887777@s.whatsapp.net' as Jid;
const BIA = '123456789012345@lid' as Jid;

/** What every messaging gateway does while nothing is wrong. */
export function messagingGatewayContract(
  name: string,
  open: () => Promise<MessagingGatewayUnderTest>,
): void {
  describe(`${name} keeps the messaging gateway contract`, () => {
    let gateway: MessagingGateway;
    let underTest: MessagingGatewayUnderTest;

    beforeEach(async () => {
      underTest = await open();
      gateway = underTest.gateway;
    });
    afterEach(() => underTest.close());

    it('hands over texts as they are, to whom they are for', async () => {
      const text = 'Olá! 👋\n*Excel*: R$ 497,00 "à vista" \\ https://x.com/?a=1&b=2\n\nFim';

      await gateway.sendText(ANA, text);
      await gateway.sendText(BIA, 'Oi');

      expect(underTest.arrived()).toMatchObject([
        { to: '5583988887777@s.whatsapp.net', text },
        { to: '123456789012345@lid', text: 'Oi' },
      ]);
    });

    it('gives every text an id of its own', async () => {
      const outcomes = await Promise.all([
        gateway.sendText(ANA, 'Oi'),
        gateway.sendText(ANA, 'Oi'),
        gateway.sendText(BIA, 'Oi'),
      ]);

      const ids = outcomes.map((outcome) => (outcome.kind === 'sent' ? outcome.gatewayId : ''));
      expect(ids.every((id) => id !== '')).toBe(true);
      expect(new Set(ids).size).toBe(3);
    });

    it('shows typing without a word to the contact', async () => {
      await gateway.showTyping(ANA);

      expect(underTest.arrived()).toEqual([]);
    });

    it('takes back a message of our own', async () => {
      const outcome = await gateway.deleteOwn({
        chat: ANA,
        id: 'OWN-1',
        sentAt: 1_790_000_000_000,
      });

      expect(outcome).toEqual({ kind: 'deleted' });
      expect(underTest.arrived()).toEqual([]);
    });

    it('says that it is connected', async () => {
      const status = await gateway.status();

      expect(status).toMatchObject({ kind: 'answered', connected: true });
    });
  });
}
