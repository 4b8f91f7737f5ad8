import { Writable } from 'node:stream';

/**
 * Hands on what is written within one turn of the event loop in one piece: a log line for every
 * message would otherwise be a system call for every message. A killed process loses the lines of
 * that turn; one that ends must call {@link flush}.
 */
export class TickStream extends Writable {
  private text = '';

  constructor(private readonly target: NodeJS.WritableStream) {
    super({ decodeStrings: false });
  }

  /** Everything that was written has been handed on afterwards. */
  flush(): void {
    const { text } = this;
    this.text = '';
    if (text !== '') this.target.write(text);
  }

  override _write(piece: unknown, _encoding: BufferEncoding, done: () => void): void {
    if (this.text === '') {
      setImmediate(() => {
        this.flush();
      });
    }
    this.text += String(piece);
    done();
  }
}
