import { type SeededRandom } from '../../bench/support/seeded-random.ts';
import { type TcpProxy } from '../../tests/support/tcp-proxy.ts';

/** What befalls the service again and again while messages flow. */
export interface Trouble {
  /** How often it has struck so far. */
  readonly strikes: number;
  /** Strikes until it is stopped; when it resolves, nothing of it is left. */
  run(): Promise<void>;
  stop(): void;
}

/** What a trouble may lay hands on. */
export interface Targets {
  /** All that the cluster has written so far. */
  readonly output: () => string;
  readonly random: SeededRandom;
  /** The line that the run leads through a proxy; absent: none. */
  readonly line: TcpProxy | undefined;
}

/** A line of the service that a run leads through a proxy. */
export type Line = 'database' | 'gateway' | 'model';
