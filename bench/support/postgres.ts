import { POSTGRES, PostgresServer } from '../../tests/support/postgres-server.ts';

/** Runs work with a PostgreSQL server of its own, and ends it. @throws Error where none is installed. */
export async function withPostgres<T>(work: (server: PostgresServer) => Promise<T>): Promise<T> {
  if (POSTGRES.path === undefined) throw new Error('install postgresql to measure on it');
  const server = await PostgresServer.start(POSTGRES.path);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}
