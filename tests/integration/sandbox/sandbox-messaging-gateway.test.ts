import { beforeEach, describe, expect, it } from '@jest/globals';
import { SandboxMessagingGateway } from '../../../src/adapters/outbound/sandbox/sandbox-messaging-gateway.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { messagingGatewayContract } from '../../contracts/messaging-gateway-contract.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';

const ANA = '5583988887777@s.whatsapp.net' as Jid;

messagingGatewayContract('SandboxMessagingGateway', () => {
  const gateway = new SandboxMessagingGateway(() => undefined, new ManualClock());
  return Promise.resolve({
    gateway,
    arrived: () => gateway.execute(),
    close: () => Promise.resolve(),
  });
});

describe('SandboxMessagingGateway', () => {
  let printed: string;
  let gateway: SandboxMessagingGateway;

  beforeEach(() => {
    printed = '';
    const write = (text: string): void => {
      printed += text;
    };
    gateway = new SandboxMessagingGateway(write, new ManualClock(1_790_000_000_000));
  });

  it('prints a reply in a frame', async () => {
    await gateway.sendText(ANA, 'Olá!\nR$ 497');

    expect(printed).toBe(
      '\n┌─ resposta para 5583988887777@s.whatsapp.net (sandbox: nada foi enviado)\n│ Olá!\n│ R$ 497\n└─\n',
    );
  });

  it('prints that a message would be deleted', async () => {
    await gateway.deleteOwn({ chat: ANA, id: 'OWN-1', sentAt: 1_790_000_000_000 });

    expect(printed).toBe(
      '\n── mensagem sua apagada na conversa com 5583988887777@s.whatsapp.net (sandbox: nada foi apagado)\n',
    );
  });

  it('numbers the replies', async () => {
    await gateway.sendText(ANA, 'um');

    const outcome = await gateway.sendText(ANA, 'dois');

    expect(outcome).toEqual({ kind: 'sent', gatewayId: 'sandbox-2' });
  });

  it('lists the newest 200 replies, oldest first', async () => {
    for (let number = 1; number <= 201; number += 1) await gateway.sendText(ANA, String(number));

    const messages = gateway.execute();

    expect(messages).toHaveLength(200);
    expect(messages[0]).toEqual({ to: ANA, text: '2', at: 1_790_000_000_000 });
    expect(messages[199]?.text).toBe('201');
  });
});
