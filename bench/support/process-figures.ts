import { readFileSync } from 'node:fs';

/** USER_HZ, which Linux fixes at 100 for what /proc shows. */
const TICK_MS = 10;

/** Processor time that a process has used so far, ms. Linux only. */
export function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field, the name, may hold blanks; utime and stime are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Memory that a process holds, in MB of 1,000,000 bytes. Linux only. */
export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kibibytes = Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1]);
  return (kibibytes * 1024) / 1_000_000;
}
