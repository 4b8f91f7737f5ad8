import { type EmbeddingReport } from './embed-knowledge.ts';
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
    /** Golden questions, and how many of them the files do not answer as expected. */
    readonly questions: number;
    readonly questionsFailed: number;
    /** Whether the files say something else than what is served, because of such a question. */
    readonly changeRefused: boolean;
    /** Absent without EMBEDDING_MODEL. */
    readonly embeddings?: EmbeddingReport;
  };
  /** `undefined` until the gateway was heard of. */
  readonly megaConnected?: boolean;
  readonly sendingPaused?: string;
  readonly inboxDepth: number;
  readonly outboxDepth: number;
  /** Turns and replies that were given up and wait for a decision. */
  readonly deadLetters: number;
  /** Why no message is taken, where none is. */
  readonly shortage?: Shortage;
}

/** The service's own state. */
export interface ReportHealth {
  execute(): Promise<HealthReport>;
}
