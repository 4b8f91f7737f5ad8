import { request } from 'node:http';

/** A status, or the code of the error that came instead of an answer. */
type Outcome = number | string;

export interface EvenLoadOptions {
  readonly url: string;
  readonly perSecond: number;
  /** What is posted, from 0 on. */
  readonly bodyOf: (index: number) => unknown;
}

const TICK_MS = 5;

/** On a machine that is too busy for the pace the load waits, rather than grow without end. */
const MOST_UNDER_WAY = 100;

/** Posts evenly, whether or not answers come, each time over a connection of its own. */
export class EvenLoad {
  private readonly pending: Promise<Outcome>[] = [];
  private underWay = 0;
  private readonly timer: NodeJS.Timeout;

  private constructor(private readonly options: EvenLoadOptions) {
    const begun = performance.now();
    this.timer = setInterval(() => {
      const due = ((performance.now() - begun) / 1_000) * options.perSecond;
      while (this.pending.length < due && this.underWay < MOST_UNDER_WAY) this.begin();
    }, TICK_MS);
  }

  static start(options: EvenLoadOptions): EvenLoad {
    return new EvenLoad(options);
  }

  /** Posts nothing more. @returns What came of each post, once all of them have ended. */
  async end(): Promise<readonly Outcome[]> {
    clearInterval(this.timer);
    return Promise.all(this.pending);
  }

  private begin(): void {
    this.underWay += 1;
    const posting = this.post(this.pending.length).finally(() => {
      this.underWay -= 1;
    });
    this.pending.push(posting);
  }

  private post(index: number): Promise<Outcome> {
    const { url, bodyOf } = this.options;
    const headers = { 'content-type': 'application/json' };
    return new Promise((resolve) => {
      const sent = request(url, { method: 'POST', agent: false, headers }, (response) => {
        response.resume();
        response.once('error', (error: NodeJS.ErrnoException) => {
          resolve(error.code ?? error.message);
        });
        response.once('end', () => {
          resolve(response.statusCode ?? 'no status');
        });
      });
      sent.once('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? error.message);
      });
      sent.end(JSON.stringify(bodyOf(index)));
    });
  }
}
