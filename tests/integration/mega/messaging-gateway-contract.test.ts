import { MegaMessagingGateway } from '../../../src/adapters/outbound/mega/mega-messaging-gateway.ts';
import { messagingGatewayContract } from '../../contracts/messaging-gateway-contract.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { ScriptedMessagingGateway } from '../../doubles/scripted-messaging-gateway.ts';
import { LoopbackMega } from '../../support/loopback-mega.ts';

messagingGatewayContract('MegaMessagingGateway', async () => {
  const mega = await LoopbackMega.start();
  const options = { baseUrl: mega.url, token: 'token', instance: 'megastart-1' };
  return {
    gateway: new MegaMessagingGateway(options, new ManualClock()),
    arrived: () => mega.sent,
    close: () => mega.close(),
  };
});

messagingGatewayContract('ScriptedMessagingGateway', () => {
  const gateway = new ScriptedMessagingGateway();
  return Promise.resolve({ gateway, arrived: () => gateway.sent, close: () => Promise.resolve() });
});
