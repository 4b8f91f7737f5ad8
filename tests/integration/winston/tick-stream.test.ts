import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { TickStream } from '../../../src/adapters/outbound/winston/tick-stream.ts';

function recorded(): { pieces: string[]; stream: TickStream } {
  const target = new PassThrough();
  const pieces: string[] = [];
  target.on('data', (piece: Buffer) => pieces.push(piece.toString()));
  return { pieces, stream: new TickStream(target) };
}

describe('TickStream', () => {
  it('hands on the lines of one turn in one piece, in order', async () => {
    const { pieces, stream } = recorded();
    stream.write('um\n');
    stream.write('dois\n');
    await setImmediate();
    stream.write('três\n');
    await setImmediate();
    await setImmediate();

    expect(pieces).toEqual(['um\ndois\n', 'três\n']);
  });

  it('hands on at once what waits when it is flushed, and nothing twice', async () => {
    const { pieces, stream } = recorded();
    stream.write('último\n');
    stream.flush();
    stream.flush();
    await setImmediate();
    await setImmediate();

    expect(pieces).toEqual(['último\n']);
  });
});
