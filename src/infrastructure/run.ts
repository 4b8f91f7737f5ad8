import cluster from 'node:cluster';
import { once } from 'node:events';
import { loadConfig } from './config.ts';
import { loadEnvFile } from './env-file.ts';
import { Service } from './service.ts';
import { startError } from './start-error.ts';

/** Longest stop, ms; what has not ended by then is left to the next process, as after a crash. */
const STOP_DEADLINE_MS = 7_500;

/** Runs the service until it is told to stop; what cannot be run with is said in plain lines, exit code 1. */
export async function run(): Promise<void> {
  try {
    loadEnvFile();
    const config = loadConfig(process.env);
    giveBackSpace();
    const service = await Service.start(config, (text) => process.stdout.write(text));
    stopOnSignals(service);
    // Tells pm2 (wait_ready) that requests are served from now on.
    process.send?.('ready');
  } catch (error) {
    process.stderr.write(`${startError(error)}\n`);
    // Not `exitCode`: pm2's channel to its workers would keep the process there, taken for a running one.
    process.exit(1);
  }
}

/**
 * Collects what loading the modules has left, in 40 ms: V8 then gives back the space that it took for it,
 * 30 MB of an idle process with 16 MB for new objects. Without `--expose-gc` nothing happens.
 */
function giveBackSpace(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

function stopOnSignals(service: Service): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref();
    stopAndLeave(service).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${startError(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function stopAndLeave(service: Service): Promise<void> {
  await service.stop();
  const { worker } = cluster;
  if (worker?.isConnected() !== true) return;
  // pm2 may have sent a connection here before it heard that this process takes none: it is answered
  // "not taken", and given to another process, only as long as this one lives. Leaving waits for that.
  const left = once(worker, 'disconnect');
  worker.disconnect();
  await left;
}
