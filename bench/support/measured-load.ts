import { type ChildServer } from './child-server.ts';
import { applyLoad, type Load, type LoadResult } from './load.ts';
import { processorMs } from './process-figures.ts';

export interface MeasuredLoad extends LoadResult {
  /** Processor time of the server's process, us a request; hardly disturbed by what else the machine does. */
  readonly processorUs: number;
}

/** Puts load on a server and watches what that costs it. */
export async function measuredLoad(
  server: ChildServer,
  load: Omit<Load, 'url'>,
): Promise<MeasuredLoad> {
  const before = processorMs(server.pid);
  const result = await applyLoad({ ...load, url: server.url });
  const usedMs = processorMs(server.pid) - before;
  return { ...result, processorUs: (usedMs * 1000) / result.acknowledged };
}
