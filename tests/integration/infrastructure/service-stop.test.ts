import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../../src/infrastructure/config.ts';
import { Service } from '../../../src/infrastructure/service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const cleanups: (() => unknown)[] = [];

afterEach(() => {
  for (const cleanUp of cleanups.splice(0).reverse()) cleanUp();
});

async function aService(): Promise<Service> {
  const { folder, remove } = temporaryFolder();
  cleanups.push(remove);
  const config = loadConfig({
    API_HOST: '127.0.0.1',
    API_PORT: '0',
    DATABASE_URL: `file:${folder}/agent.db`,
    RAG_DIR: folder,
    LOG_LEVEL: 'error',
    // Nothing is to be answered meanwhile.
    REPLY_QUIET: '120',
    REPLY_MAX_WAIT: '600',
  });
  return Service.start(config, () => undefined);
}

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
}

function post(port: number, agent: Agent, text: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: '/webhook', method: 'POST', agent };
    const sent = request(options, (response) => {
      response.resume();
      response.on('end', () => {
        resolve({ status: response.statusCode, connection: response.headers.connection });
      });
    });
    sent.on('error', reject);
    sent.end(
      JSON.stringify({
        key: { fromMe: false, remoteJid: '5583988887777@s.whatsapp.net', id: text },
        message: { conversation: text },
      }),
    );
  });
}

function aKeptConnection(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  cleanups.push(() => {
    agent.destroy();
  });
  return agent;
}

/** Posts over one kept connection until the service closes it. @returns How the answers were. */
async function postUntilClosed(port: number, agent: Agent): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  do answers.push(await post(port, agent, randomUUID()));
  while (answers.at(-1)?.connection !== 'close');
  return answers;
}

async function aSlowSender(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write('POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{');
  return socket;
}

describe('Service.stop', () => {
  it('answers every message of senders that keep posting, and refuses none of their connections', async () => {
    const service = await aService();
    const agents = Array.from({ length: 10 }, aKeptConnection);
    await Promise.all(agents.map((agent) => post(service.port, agent, randomUUID())));

    const posting = Promise.all(agents.map((agent) => postUntilClosed(service.port, agent)));
    await service.stop();
    const answers = await posting;

    expect(new Set(answers.flat().map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('ends in time although somebody never finishes a request', async () => {
    const service = await aService();
    const sender = await aSlowSender(service.port);
    const closed = new Promise<void>((resolve) => {
      sender.on('close', () => {
        resolve();
      });
    });
    const begin = performance.now();

    await service.stop();

    expect(performance.now() - begin).toBeLessThan(7_000);
    await closed;
  }, 15_000);
});
