import { fork } from 'node:child_process';
import { once } from 'node:events';
import { inProject } from './paths.ts';

/** Runs a file of the bench in a process of its own, gives it one order, and returns its one report. */
export async function reportOf<Report>(
  file: string,
  order: object,
  withinMs: number,
): Promise<Report> {
  const child = fork(inProject(file));
  try {
    const reported = once(child, 'message', { signal: AbortSignal.timeout(withinMs) });
    child.send(order);
    const [report] = (await reported) as [Report];
    return report;
  } finally {
    child.kill('SIGKILL');
  }
}
