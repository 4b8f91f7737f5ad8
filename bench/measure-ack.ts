import { type Outcome } from './outcome.ts';
import { AckPairs, storedIn } from './support/ack-pairs.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { startEcho, startService } from './support/servers.ts';
import { PAUSED_TURNS, productionEnvironment } from './support/service-environment.ts';

/** How many messages a second one process makes durable, beside a bare Express 5 that only answers. */
export function measureAck(runs?: number): Promise<Outcome> {
  return withScratchFolder(async (folder) => {
    const echo = await startEcho(folder);
    const { server: service } = await startService({
      folder,
      environment: productionEnvironment(PAUSED_TURNS),
    });
    const pairs = await AckPairs.measure(echo, service, runs);
    await Promise.all([echo.stop(), service.stop()]);
    return {
      measurement: 'ack: messages made durable, beside a bare Express 5',
      figures: pairs.figures(storedIn(folder), { atLeast: 0.35 }),
      notes: [pairs.note, 'stored and not acknowledged: in flight when a load ended'],
    };
  });
}
