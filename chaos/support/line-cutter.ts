import { setTimeout as sleep } from 'node:timers/promises';
import { type TcpProxy } from '../../tests/support/tcp-proxy.ts';
import { type Targets, type Trouble } from './trouble.ts';

/** Work is under way by then. */
const BEFORE_MS = 3_000;
/**
 * Shorter than three tries of the model, and than the time after which an unconfirmed send is
 * repeated: what was sent into two silences, one after the other, is a person's to decide.
 */
const SILENCE_MS = 8_000;

/** Lets a line fall silent once, as a cut cable does: nothing arrives, and nothing is closed. */
export class LineCutter implements Trouble {
  strikes = 0;
  readonly #line: TcpProxy;

  constructor({ line }: Targets) {
    if (line === undefined) throw new Error('no line leads through a proxy');
    this.#line = line;
  }

  async run(): Promise<void> {
    await sleep(BEFORE_MS);
    this.#line.fallSilent();
    await sleep(SILENCE_MS);
    this.#line.recover();
    this.strikes += 1;
  }

  /** It has an end of its own. */
  stop(): void {
    this.#line.recover();
  }
}
