import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { expressMessages } from '../../../src/infrastructure/express-messages.ts';

describe('expressMessages', () => {
  let server: Server;

  afterEach(async () => {
    server.close();
    await once(server, 'close');
  });

  it('makes requests and responses whose prototypes Express leaves as they are', async () => {
    const app = express();
    const classes = expressMessages(app);
    const seen: boolean[] = [];
    app.get('/hello', (request, response) => {
      seen.push(
        Object.getPrototypeOf(request) === classes.IncomingMessage?.prototype,
        Object.getPrototypeOf(response) === classes.ServerResponse?.prototype,
      );
      response.status(201).json({ host: request.hostname });
    });
    server = createServer(classes, app).listen(0, '127.0.0.1');
    await once(server, 'listening');

    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/hello`);

    expect([answer.status, await answer.text()]).toEqual([201, '{"host":"127.0.0.1"}']);
    expect(seen).toEqual([true, true]);
  });
});
