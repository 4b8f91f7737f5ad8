import { parentPort } from 'node:worker_threads';

import { type PackedFormat } from './document-format.ts';
import { parseDocument } from './parse-document.ts';

/** One file to be read. */
export interface DocumentTask {
  readonly format: PackedFormat;
  readonly bytes: Uint8Array;
}

parentPort?.on('message', ({ format, bytes }: DocumentTask) => {
  void parseDocument(format, bytes).then((parsed) => {
    parentPort?.postMessage(parsed);
  });
});
