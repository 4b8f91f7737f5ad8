import { Agent, request, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HttpServer } from '../../../src/infrastructure/http-server.ts';

const HELLO: RequestListener = (_request, response) => response.end('hello');
const NEVER = new Promise<void>(() => undefined);

const agents: Agent[] = [];

afterEach(() => {
  for (const agent of agents.splice(0)) agent.destroy();
});

function anAgent(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agents.push(agent);
  return agent;
}

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
}

function post(server: HttpServer, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { port: server.port, host: '127.0.0.1', method: 'POST', agent };
    const sent = request(options, (response) => {
      response.resume();
      response.on('end', () => {
        resolve({ status: response.statusCode, connection: response.headers.connection });
      });
    });
    sent.on('error', reject);
    sent.end('{}');
  });
}

/** Posts over one connection until it is told that there is no more. @returns The last answer. */
async function postUntilClosed(server: HttpServer, agent: Agent): Promise<Answer> {
  let answer: Answer;
  do answer = await post(server, agent);
  while (answer.connection !== 'close');
  return answer;
}

describe('HttpServer.listen', () => {
  it('closes one connection more than it may have, and goes on serving the others', async () => {
    const server = await HttpServer.listen(HELLO, '127.0.0.1', 0, { maxConnections: 1 });
    const first = anAgent();
    await post(server, first);

    const tooMany = connect(server.port, '127.0.0.1');
    await once(tooMany, 'close');
    const answer = await post(server, first);

    expect(answer.status).toBe(200);
    await server.close(NEVER);
  });

  it('gives up on a head that does not come, soon after its time', async () => {
    const limits = { headersTimeout: 20, connectionsCheckingInterval: 10 };
    const server = await HttpServer.listen(HELLO, '127.0.0.1', 0, limits);

    const slow = connect(server.port, '127.0.0.1');
    slow.write('POST / HTTP/1.1\r\nHo');
    const answer = await text(slow);

    expect(answer).toMatch(/^HTTP\/1\.1 408 /u);
    await server.close(NEVER);
  });
});

describe('HttpServer.close', () => {
  it('answers senders that keep their connection, tells them to close it, and cuts none off', async () => {
    const server = await HttpServer.listen(HELLO, '127.0.0.1', 0);
    const senders = Array.from({ length: 20 }, anAgent);
    await Promise.all(senders.map((agent) => post(server, agent)));

    const posting = Promise.all(senders.map((agent) => postUntilClosed(server, agent)));
    const closing = server.close(NEVER);
    const last = await posting;
    await closing;

    expect(last).toEqual(senders.map(() => ({ status: 200, connection: 'close' })));
  });

  it('lets a request end that was begun before, and closes its connection with the answer', async () => {
    const begun = Promise.withResolvers<() => void>();
    const server = await HttpServer.listen(
      (_request, response) => {
        begun.resolve(() => response.end('hello'));
      },
      '127.0.0.1',
      0,
    );
    const answer = post(server, anAgent());
    const finish = await begun.promise;

    const closing = server.close(NEVER);
    finish();
    await closing;

    expect(await answer).toEqual({ status: 200, connection: 'close' });
  });

  it('does not wait for connections that only wait', async () => {
    const server = await HttpServer.listen(HELLO, '127.0.0.1', 0);
    await post(server, anAgent());

    await server.close(NEVER);

    await expect(post(server, anAgent())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('reads what has come before it closes a connection that seemed to wait', async () => {
    const server = await HttpServer.listen(HELLO, '127.0.0.1', 0);
    const socket = connect(server.port, '127.0.0.1');
    const post = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n';
    socket.write(post);
    await once(socket, 'data');

    const closing = server.close(NEVER);
    socket.write(post);
    // The process is kept from reading until its look at waiting connections is due.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
    const answer = await text(socket);
    await closing;

    expect(answer).toMatch(/^HTTP\/1\.1 200 /u);
  });

  it('closes what is still open when the time of grace is over', async () => {
    const grace = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<unknown>();
    const server = await HttpServer.listen(begun.resolve, '127.0.0.1', 0);
    const unanswered = post(server, anAgent()).catch((error: unknown) => error);
    const halfSent = connect(server.port, '127.0.0.1');
    halfSent.on('error', () => undefined);
    const halfSentClosed = new Promise<void>((resolve) => {
      halfSent.on('close', () => {
        resolve();
      });
    });
    await Promise.all([begun.promise, once(halfSent, 'connect')]);
    halfSent.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{');

    const closing = server.close(grace.promise.then(() => undefined));
    grace.resolve(undefined);
    await closing;

    expect(await unanswered).toMatchObject({ code: 'ECONNRESET' });
    await halfSentClosed;
    expect(halfSent.destroyed).toBe(true);
  });
});
