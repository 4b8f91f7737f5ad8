import { parentPort } from 'node:worker_threads';

import { type DocumentTask } from './document-format.ts';
import { parseDocument } from './parse-document.ts';

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
