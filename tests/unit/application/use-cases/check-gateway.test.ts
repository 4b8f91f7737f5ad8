import { beforeEach, describe, expect, it } from '@jest/globals';
import { CheckGatewayUseCase } from '../../../../src/application/use-cases/check-gateway.ts';
import { anInMemoryStore, type InMemoryStore } from '../../../doubles/in-memory-store.ts';
import { RecordingLogger } from '../../../doubles/recording-logger.ts';
import { ScriptedMessagingGateway } from '../../../doubles/scripted-messaging-gateway.ts';

let store: InMemoryStore;
let gateway: ScriptedMessagingGateway;
let logger: RecordingLogger;
let checkGateway: CheckGatewayUseCase;

beforeEach(() => {
  store = anInMemoryStore();
  gateway = new ScriptedMessagingGateway();
  logger = new RecordingLogger();
  checkGateway = new CheckGatewayUseCase({ gateway, instances: store.instances, logger });
});

describe('CheckGateway', () => {
  it('hands out what the gateway says and keeps it for all processes', async () => {
    const status = await checkGateway.execute();

    expect(status).toBe(gateway.statusAnswer);
    expect(await store.instances.state()).toEqual({ connected: true });
  });

  it('logs each change once', async () => {
    await checkGateway.execute();
    await checkGateway.execute();
    gateway.statusAnswer = { kind: 'answered', connected: false, body: {} };
    await checkGateway.execute();
    await checkGateway.execute();

    expect(logger.events()).toEqual(['gateway connected', 'gateway disconnected']);
  });

  it('counts a gateway that does not answer as not connected, and says why', async () => {
    gateway.statusAnswer = { kind: 'unreachable', reason: 'HTTP 401: check MEGA_API_TOKEN' };

    await checkGateway.execute();

    expect(await store.instances.state()).toEqual({ connected: false });
    expect(logger.entries).toMatchObject([
      { event: 'gateway unreachable', fields: { reason: 'HTTP 401: check MEGA_API_TOKEN' } },
    ]);
  });
});
