import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

import {
  type EndOutcome,
  type ProcessIdentity,
  type ProcessTable,
} from '../../../application/ports/outbound/process-table.ts';

const BOOT_ID_FILE = '/proc/sys/kernel/random/boot_id';
const PID_NAMESPACE_LINK = '/proc/self/ns/pid';

/** proc(5): a process that has ended and whose parent has not asked how. */
const ENDED_STATES: ReadonlySet<string> = new Set(['Z', 'X', 'x']);

/** proc(5): waits within the kernel, mostly for a disk, and takes no signal. */
const WAITING_STATE = 'D';

/** The place of fields 3 and 22 of /proc/<pid>/stat after the program's name, which may hold anything. */
const STATE = 0;
const START_TIME = 19;

/** The processes of this machine, by /proc; without it, by asking whether a pid can be signalled. */
export class SystemProcessTable implements ProcessTable {
  readonly self: ProcessIdentity;
  readonly #place = readPlace();

  constructor() {
    this.self = this.find(process.pid) ?? { place: this.#place, pid: process.pid, pidStarted: 0 };
  }

  /** The process that has the pid at this moment; `undefined` where none has, or /proc is missing. */
  find(pid: number): ProcessIdentity | undefined {
    const status = statusOf(pid);
    if (status === undefined) return undefined;
    return { place: this.#place, pid, pidStarted: Number(status[START_TIME]) };
  }

  isRunning({ pid, pidStarted }: ProcessIdentity): boolean {
    if (this.self.pidStarted === 0) return answersToSignals(pid);
    const status = statusOf(pid);
    if (status === undefined) return answersToSignals(pid);
    return isSameRun(status, pidStarted);
  }

  end({ pid, pidStarted }: ProcessIdentity): EndOutcome {
    if (this.self.pidStarted === 0) return 'not_allowed';
    const status = statusOf(pid);
    if (status === undefined || !isSameRun(status, pidStarted)) return 'gone';
    if (status[STATE] === WAITING_STATE) return 'waits_for_disk';
    try {
      process.kill(pid, 'SIGKILL');
      return 'ended';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'gone' : 'not_allowed';
    }
  }
}

function isSameRun(status: readonly string[], pidStarted: number): boolean {
  return Number(status[START_TIME]) === pidStarted && !ENDED_STATES.has(status[STATE] ?? '');
}

function statusOf(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** A signal that does nothing; who may not send it learns that the process is there. */
function answersToSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function readPlace(): string {
  try {
    return `${readFileSync(BOOT_ID_FILE, 'utf8').trim()} ${readlinkSync(PID_NAMESPACE_LINK)}`;
  } catch {
    return hostname();
  }
}
