/** How many of the last echoes, and of the last confirmed sends, tell what to expect of the next. */
export const SENDS_REMEMBERED = 50;

/** A process that serves has beaten at least so often, ms; whoever was silent longer may have missed an echo. */
export const INGRESS_GAP_MS = 3_000;

/**
 * A process that stands still keeps what was posted to it, an echo perhaps, until it goes on or the
 * sender's patience ends, ms. Silence proves nothing meanwhile, however well the others hear.
 */
export const STANDSTILL_MS = 60_000;

/** How long an unconfirmed send waits for its echo while little is known, ms from its start. */
const FIRST_WINDOW_MS = 15_000;

const SHORTEST_WINDOW_MS = 10_000;
const LONGEST_WINDOW_MS = 60_000;

/** With fewer than these, silence proves nothing and the first window is not shortened. */
const FEWEST_SENDS = 20;

/** Of the sends that the gateway confirmed, so many must have been echoed for silence to prove anything. */
const RELIABLE_COVERAGE = 0.95;

/** A send that the gateway confirmed long enough ago to have been echoed. */
export interface ConfirmedSend {
  readonly isEchoed: boolean;
  /** From its start to its echo, ms; absent where that would tell of our own downtime. */
  readonly echoMs?: number;
}

/** The beats of the processes that take webhooks, together; store time in ms. */
export interface IngressBeats {
  /** The last one of any process; absent: none has ever beaten. */
  readonly at?: number;
  /** When the last gap of more than {@link INGRESS_GAP_MS} ended, be it of one process only; absent: there was none. */
  readonly gapEndedAt?: number;
}

/** What the absence of an echo is worth. */
export interface EchoEvidence {
  /** How long a send waits for its echo, ms from its start. */
  readonly windowMs: number;
  /** Whether the gateway echoes practically every send. */
  readonly isReliable: boolean;
  /** Since when every echo was heard, store time in ms; absent: nobody listens. */
  readonly heardSince?: number;
}

/** How late the last echoes came, ms. */
export interface EchoDelays {
  readonly medianMs: number;
  /** What nearly every one of them took at most. */
  readonly p99Ms: number;
}

/** `undefined` where none was seen. */
export function echoDelays(delaysMs: readonly number[]): EchoDelays | undefined {
  if (delaysMs.length === 0) return undefined;
  const sorted = [...delaysMs].sort((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { medianMs: quantile(0.5), p99Ms: quantile(0.99) };
}

/** Three times what nearly every one of the last echoes took, between 10 and 60 s; 15 s at first. */
export function echoWindowMs(delaysMs: readonly number[]): number {
  const { p99Ms = 0 } = echoDelays(delaysMs) ?? {};
  const shortest = delaysMs.length < FEWEST_SENDS ? FIRST_WINDOW_MS : SHORTEST_WINDOW_MS;
  return Math.min(Math.max(3 * p99Ms, shortest), LONGEST_WINDOW_MS);
}

/** The share of the sends that were echoed within the window; absent while too few are known. */
export function echoCoverage(
  sends: readonly ConfirmedSend[],
  windowMs: number,
): number | undefined {
  if (sends.length < FEWEST_SENDS) return undefined;
  const echoed = sends.filter(({ isEchoed, echoMs }) => isEchoed && (echoMs ?? 0) <= windowMs);
  return echoed.length / sends.length;
}

/** Where nothing is known, silence proves nothing: a wrong guess would send twice. */
export function isReliable(coverage: number | undefined): boolean {
  return coverage !== undefined && coverage >= RELIABLE_COVERAGE;
}

/**
 * Since when every echo was heard, store time in ms; `undefined` while nobody listens.
 *
 * @param since Since when this process runs: what counts where no process has ever beaten.
 */
export function heardSince(
  { at, gapEndedAt }: IngressBeats,
  now: number,
  since: number,
): number | undefined {
  if (at === undefined) return since;
  return now - at > INGRESS_GAP_MS ? undefined : (gapEndedAt ?? 0);
}
