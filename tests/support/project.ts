import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './polling.ts';

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** The Node that the project brings. */
export const PROJECT_NODE = join(PROJECT, 'node_modules/node/bin/node');

const BUILD_LOCK = join(PROJECT, 'node_modules/.build-lock');

/** Makes sure that `dist/` holds what `src/` says; suites that run at the same time build it once. */
export async function ensureBuilt(): Promise<void> {
  await eventually(`another suite's build to remove ${BUILD_LOCK}`, takeBuildLock, 60_000);
  try {
    if (await isBuilt()) return;
    await promisify(execFile)('npm', ['run', 'build'], { cwd: PROJECT });
  } finally {
    await rm(BUILD_LOCK, { recursive: true });
  }
}

/** A port on 127.0.0.1 that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function takeBuildLock(): Promise<true> {
  await mkdir(BUILD_LOCK);
  return true;
}

async function isBuilt(): Promise<boolean> {
  const built = await changedAt(join(PROJECT, 'dist/main.js'));
  if (built === undefined) return false;
  const sources = await readdir(join(PROJECT, 'src'), { recursive: true });
  const changes = await Promise.all(sources.map((name) => changedAt(join(PROJECT, 'src', name))));
  return changes.every((change) => change === undefined || change <= built);
}

async function changedAt(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.mtimeMs;
}
