import { rowsOf } from '../tests/support/postgres-server.ts';
import { type Outcome } from './outcome.ts';
import { AckPairs, STORED_SQL } from './support/ack-pairs.ts';
import { withPostgres } from './support/postgres.ts';
import { withScratchFolder } from './support/scratch-folder.ts';
import { startEcho, startService } from './support/servers.ts';
import { PAUSED_TURNS, productionEnvironment } from './support/service-environment.ts';

/** How many messages a second one process makes durable on PostgreSQL, beside a bare Express 5. */
export function measureAckPostgres(runs?: number): Promise<Outcome> {
  return withScratchFolder((folder) =>
    withPostgres(async (server) => {
      const url = await server.emptySchema();
      const echo = await startEcho(folder);
      const { server: service } = await startService({
        folder,
        environment: { ...productionEnvironment(PAUSED_TURNS), DATABASE_URL: url },
      });
      const pairs = await AckPairs.measure(echo, service, runs);
      await Promise.all([echo.stop(), service.stop()]);
      const [row] = await rowsOf(url, STORED_SQL);
      return {
        measurement: 'ack-postgres: messages made durable on PostgreSQL, beside a bare Express 5',
        figures: pairs.figures(row),
        notes: [
          pairs.note,
          'the server on the same cores, as it comes; its processor time is not counted',
        ],
      };
    }),
  );
}
