import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MegaMessagingGateway } from '../../../src/adapters/outbound/mega/mega-messaging-gateway.ts';
import { type Jid } from '../../../src/domain/contact.ts';
import { ManualClock } from '../../doubles/manual-clock.ts';
import { LoopbackMega } from '../../support/loopback-mega.ts';
import { answer, hang, resetAfterReading } from '../../support/loopback-scripts.ts';
import { type Script } from '../../support/loopback-server.ts';

const ANA = '5583988887777@s.whatsapp.net' as Jid;

describe('MegaMessagingGateway', () => {
  let mega: LoopbackMega;
  let clock: ManualClock;
  let gateway: MegaMessagingGateway;

  beforeEach(async () => {
    mega = await LoopbackMega.start();
    clock = new ManualClock();
    const options = { baseUrl: mega.url, token: 'token', instance: 'megastart/1' };
    gateway = new MegaMessagingGateway(options, clock);
  });
  afterEach(() => mega.close());

  describe('showTyping', () => {
    it('posts the sign as Mega wants it', async () => {
      await gateway.showTyping(ANA);

      expect(mega.requests).toMatchObject([
        {
          method: 'POST',
          path: '/rest/chat/megastart%2F1/presenceUpdateChat',
          body: '{"to":"5583988887777@s.whatsapp.net","option":"composing"}',
        },
      ]);
    });

    it.each<[string, Script]>([
      ['HTTP 500', answer(500, {})],
      ['a reset', resetAfterReading()],
    ])('minds no %s', async (_name, script) => {
      mega.script('typing', script);

      await expect(gateway.showTyping(ANA)).resolves.toBeUndefined();
    });

    it('lasts 5 s at most', async () => {
      mega.script('typing', hang());

      const showing = gateway.showTyping(ANA);
      await mega.received(1);
      await clock.advance(5_000);

      await expect(showing).resolves.toBeUndefined();
    });
  });

  describe('deleteOwn', () => {
    const OWN = { chat: ANA, id: 'OWN-1', sentAt: 1_790_000_000_999 };

    it('posts the message and its time in seconds as Mega wants them', async () => {
      await gateway.deleteOwn(OWN);

      expect(mega.requests).toMatchObject([
        { method: 'POST', path: '/rest/chat/megastart%2F1/deleteMessageFromMe' },
      ]);
      expect(JSON.parse(mega.requests[0]?.body ?? '')).toEqual({
        messageData: {
          to: '5583988887777@s.whatsapp.net',
          key: { remoteJid: '5583988887777@s.whatsapp.net', fromMe: true, id: 'OWN-1' },
          messageTimestamp: 1_790_000_000,
        },
      });
    });

    it.each<[string, Script, string]>([
      ['HTTP 404', answer(404, {}), 'HTTP 404 from Mega'],
      ['an error under HTTP 200', answer(200, { error: true }), 'Mega reported an error'],
      ['a web page', answer(200, '<html>'), 'an unreadable answer from Mega'],
      ['a reset', resetAfterReading(), 'no answer from Mega: ECONNRESET'],
    ])('says what came of it after %s', async (_name, script, reason) => {
      mega.script('delete', script);

      expect(await gateway.deleteOwn(OWN)).toEqual({ kind: 'not_deleted', reason });
    });
  });

  describe('status', () => {
    it('asks for the instance and gives what Mega says of it', async () => {
      const status = await gateway.status();

      expect(mega.requests[0]).toMatchObject({
        method: 'GET',
        path: '/rest/instance/megastart%2F1',
      });
      expect(status).toEqual({
        kind: 'answered',
        connected: true,
        body: {
          error: false,
          instance: {
            key: 'megastart/1',
            status: 'connected',
            user: { id: '5583999990000:12@s.whatsapp.net', name: 'Escola' },
          },
        },
      });
    });

    it.each<[string, unknown, boolean]>([
      ['open', { instance: { status: 'open', user: { id: '55@x' } } }, true],
      ['another word', { instance: { status: 'connecting', user: { id: '55@x' } } }, false],
      ['no number', { instance: { status: 'connected', user: {} } }, false],
      ['an error', { error: true, instance: { status: 'open', user: { id: '5' } } }, false],
      ['nothing', {}, false],
    ])('reads the connection from %s', async (_name, body, connected) => {
      mega.script('status', answer(200, body));

      const status = await gateway.status();

      expect(status).toEqual({ kind: 'answered', connected, body });
    });

    it.each<[string, Script, string]>([
      ['HTTP 401', answer(401, {}), 'HTTP 401 from Mega: check MEGA_API_TOKEN'],
      ['HTTP 404', answer(404, {}), 'check MEGA_INSTANCE_ID'],
      ['HTTP 500', answer(500, {}), 'HTTP 500 from Mega'],
      ['a web page', answer(200, '<html>'), 'an unreadable answer'],
      ['an answer over 64 kB', answer(200, { x: 'x'.repeat(70_000) }), 'no answer from Mega'],
      ['a reset', resetAfterReading(), 'ECONNRESET'],
    ])('is unreachable after %s', async (_name, script, reason) => {
      mega.script('status', script);

      const status = await gateway.status();

      expect(status).toEqual({ kind: 'unreachable', reason: expect.stringContaining(reason) });
    });
  });
});
