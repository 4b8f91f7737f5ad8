import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { type Clock } from '../../../../application/ports/outbound/clock.ts';
import { type Decoded } from '../text-decoding.ts';
import { type DocumentTask } from './document-format.ts';

/** What came of a file: its text, why it has none, or that its time ran out. */
export type Parsed = Decoded | 'late';

/** What reading one file may take. */
interface MemoryLimits {
  /** For objects and strings, MB. */
  readonly heapMb: number;
  /** By how much the whole process may grow meanwhile, MB: unpacked bytes lie outside the heap. */
  readonly growthMb: number;
}

/**
 * For a PDF of 300 pages a process was measured to grow by 130 MB, for a Word document of 780,000
 * characters by 240; 15 s later both were given back.
 */
const LIMITS: MemoryLimits = { heapMb: 160, growthMb: 250 };

/** How often the process is measured, ms: a file made for it grows by a gigabyte a second. */
const LOOK_EVERY_MS = 25;

const TOO_HEAVY =
  'o arquivo é pesado ou estranho demais para ser lido; salve o conteúdo de outra forma ou divida em arquivos menores';

/**
 * Reads files in a thread of its own, one at a time: a file that takes long, takes too much memory
 * or never ends holds up nothing else, and costs the thread.
 */
export class DocumentParser {
  #worker: Worker | undefined;

  /** @param limits - Smaller ones are for tests. */
  constructor(
    private readonly clock: Clock,
    private readonly limits: MemoryLimits = LIMITS,
  ) {}

  /** Reads one file; the bytes are gone afterwards. Never rejects. */
  async parse(task: DocumentTask, limitMs: number): Promise<Parsed> {
    this.#worker ??= this.#start();
    const parsed = await this.#answer(this.#worker, task, limitMs);
    if (parsed === 'late' || parsed === undefined) await this.rest();
    return parsed ?? { reason: TOO_HEAVY };
  }

  #start(): Worker {
    const worker = startWorker(this.limits.heapMb);
    // One that died between two files would never answer.
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }

  /** Ends the thread; the next file starts another. */
  async rest(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  /** @returns `undefined` where the thread has died of it, or has to. */
  async #answer(worker: Worker, task: DocumentTask, limitMs: number): Promise<Parsed | undefined> {
    const done = new AbortController();
    const { signal } = done;
    const nothing = (): undefined => undefined;
    const answer = once(worker, 'message', { signal }).then(
      ([parsed]) => parsed as Decoded,
      nothing,
    );
    const gone = once(worker, 'exit', { signal }).then(nothing, nothing);
    const late = this.clock.sleep(limitMs, signal).then((): Parsed => 'late');
    worker.postMessage(task, [task.bytes.buffer as ArrayBuffer]);
    try {
      return await Promise.race([answer, gone, late, grown(this.limits.growthMb, signal)]);
    } finally {
      done.abort();
    }
  }
}

/** Resolves once the process has grown by so much. */
function grown(growthMb: number, signal: AbortSignal): Promise<undefined> {
  const most = process.memoryUsage.rss() + growthMb * 1024 * 1024;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.memoryUsage.rss() > most) resolve(undefined);
    }, LOOK_EVERY_MS);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
    });
  });
}

function startWorker(heapMb: number): Worker {
  // Built it is .js; the sources run as they are in tests and benchmarks.
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  const worker = new Worker(new URL(`./document-worker${ending}`, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
    // A library that reads strangers' files needs none of the service's keys.
    env: {},
    stdout: true,
    stderr: true,
  });
  // What libraries print tells the owner nothing; what has ended the thread is seen by its end.
  worker.stdout.resume();
  worker.stderr.resume();
  worker.on('error', () => undefined);
  return worker;
}
