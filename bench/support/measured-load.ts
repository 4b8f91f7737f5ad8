import { applyLoad, type Load, type LoadResult } from './load.ts';
import { processorMs } from './process-figures.ts';

/** A server under load, and the processes that it consists of. */
export type LoadedServer = { readonly url: string } & (
  { readonly pid: number } | { readonly pids: readonly number[] }
);

export interface MeasuredLoad extends LoadResult {
  /** Processor time of the server's processes, us a request; hardly disturbed by what else the machine does. */
  readonly processorUs: number;
}

/** Puts load on a server and watches what that costs it. */
export async function measuredLoad(
  server: LoadedServer,
  load: Omit<Load, 'url'>,
): Promise<MeasuredLoad> {
  const before = usedMs(server);
  const result = await applyLoad({ ...load, url: server.url });
  return { ...result, processorUs: ((usedMs(server) - before) * 1000) / result.acknowledged };
}

function usedMs(server: LoadedServer): number {
  const pids = 'pids' in server ? server.pids : [server.pid];
  return pids.reduce((total, pid) => total + processorMs(pid), 0);
}
