import { parentPort } from 'node:worker_threads';

import { type PackedFormat } from './document-format.ts';
import { parseDocument } from './parse-document.ts';

/** One file to be read. */
export interface DocumentTask {
  readonly format: PackedFormat;
  readonly bytes: Uint8Array;
}

// PDF.js leaves promises behind that nobody waits for; in a damaged file they fail, and would end the thread.
process.on('unhandledRejection', () => undefined);

parentPort?.on('message', ({ format, bytes }: DocumentTask) => {
  void parseDocument(format, bytes).then(
    (parsed) => {
      parentPort?.postMessage(parsed);
    },
    () => {
      // The next file finds a thread of its own.
      process.exit(1);
    },
  );
});
