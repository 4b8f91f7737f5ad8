import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChildServer, freePort } from './child-server.ts';
import { inProject } from './paths.ts';
import { type Environment } from './service-environment.ts';

const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as {
  readonly scripts: { readonly start: string };
};

/** As `npm start` and the cluster have them. */
const NODE_FLAGS = scripts.start.split(' ').filter((word) => word.startsWith('--'));

export interface ServiceOptions {
  /** Takes the database (unless the environment names another place) and the log. */
  readonly folder: string;
  readonly environment: Environment;
  readonly nodeFlags?: readonly string[];
  /** A program, with its arguments, that runs the service's own command. */
  readonly within?: readonly string[];
}

/** Starts one process of the built service. @returns With the time until it was ready, ms. */
export async function startService(
  options: ServiceOptions,
): Promise<{ server: ChildServer; ms: number }> {
  const { folder, environment, nodeFlags = [], within = [] } = options;
  const words = [
    ...within,
    process.execPath,
    ...NODE_FLAGS,
    ...nodeFlags,
    inProject('dist/main.js'),
  ];
  const [command = process.execPath, ...args] = words;
  return startIn(folder, environment, { command, args });
}

/** The same through `npm start`. */
export async function startByNpm(
  options: ServiceOptions,
): Promise<{ server: ChildServer; ms: number }> {
  const { folder, environment } = options;
  return startIn(folder, environment, { command: 'npm', args: ['start'] });
}

/** Starts the cluster of deploy/ecosystem.config.cjs under a pm2 of its own. */
export async function startCluster(options: ServiceOptions): Promise<ChildServer> {
  const { folder, environment } = options;
  const { server } = await startIn(
    folder,
    { ...environment, PM2_HOME: join(folder, 'pm2') },
    {
      command: process.execPath,
      args: [
        inProject('node_modules/pm2/bin/pm2-runtime'),
        'start',
        inProject('deploy/ecosystem.config.cjs'),
      ],
    },
  );
  return server;
}

/** Starts the yardstick. */
export async function startEcho(folder: string): Promise<ChildServer> {
  const port = await freePort();
  const { server } = await ChildServer.start({
    command: process.execPath,
    args: [inProject('bench/support/bare-echo.ts'), String(port)],
    env: { NODE_ENV: 'production' },
    port,
    logFile: join(folder, 'echo.log'),
  });
  return server;
}

async function startIn(
  folder: string,
  environment: Environment,
  program: { readonly command: string; readonly args: readonly string[] },
): Promise<{ server: ChildServer; ms: number }> {
  const port = await freePort();
  const given = environment['DATABASE_URL'] ?? '';
  const database = given === '' ? `file:${databaseIn(folder)}` : given;
  return ChildServer.start({
    ...program,
    env: { ...environment, DATABASE_URL: database, API_PORT: String(port) },
    port,
    logFile: join(folder, 'service.log'),
  });
}

/** Where a service that was started in a folder keeps its data. */
export function databaseIn(folder: string): string {
  return join(folder, 'agent.db');
}
