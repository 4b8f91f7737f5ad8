import { type Shortage } from '../outbound/capacity.ts';

/** What is seen from inside; no secret, no number, no path. */
export interface HealthReport {
  /** Whether this process can take and answer messages now. */
  readonly ready: boolean;
  readonly contextLoaded: boolean;
  readonly knowledge: {
    readonly version: string;
    readonly documents: number;
    readonly passages: number;
    readonly filesSkipped: number;
  };
  /** `undefined` until the gateway was heard of. */
  readonly megaConnected?: boolean;
  readonly sendingPaused?: string;
  readonly inboxDepth: number;
  readonly outboxDepth: number;
  /** Why no message is taken, where none is. */
  readonly shortage?: Shortage;
}

/** The service's own state. */
export interface ReportHealth {
  execute(): Promise<HealthReport>;
}
