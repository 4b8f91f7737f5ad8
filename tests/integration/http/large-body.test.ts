import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';

import { anHttpHarness } from '../../support/http-harness.ts';

let server: Server;

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** Sends the head of a request and nothing of its body. @returns All that comes until the other side hangs up. */
async function headOnly(path: string, length: string): Promise<string> {
  server = createServer(anHttpHarness({ webhookToken: 'canary-3f9d2c7b1a' }).app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`);
  return text(socket);
}

describe('a request that announces more than 256 kB', () => {
  it.each(['/webhook/canary-3f9d2c7b1a', '/send-message'])(
    'is refused by %s at once, unread, and its connection closed',
    async (path) => {
      const answer = await headOnly(path, '262145');

      expect(answer).toMatch(/^HTTP\/1\.1 413 /u);
      expect(answer).toMatch(/^Connection: close\r$/mu);
      expect(answer).toContain('The body is larger than 256 kB.');
    },
  );

  it('is refused for a wrong token first', async () => {
    const answer = await headOnly('/webhook/wrong', '99999999999');

    expect(answer).toMatch(/^HTTP\/1\.1 401 /u);
    expect(answer).toMatch(/^Connection: close\r$/mu);
  });
});
