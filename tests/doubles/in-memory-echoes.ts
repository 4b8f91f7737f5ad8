import {
  type EchoEvidence,
  echoDelays,
  SENDS_REMEMBERED,
  echoCoverage,
  echoWindowMs,
  heardSince,
  isReliable,
} from '../../src/domain/echo-evidence.ts';
import { type OutboxFigures } from '../../src/application/ports/outbound/outbox.ts';
import { type InMemoryState, type OutboxRecord } from './in-memory-state.ts';

/** What the gateway's echoes have shown to the in-memory outbox. */
export class InMemoryEchoes {
  readonly #state: InMemoryState;

  constructor(state: InMemoryState) {
    this.#state = state;
  }

  note(row: OutboxRecord, gatewayId: string, at: number): void {
    const isResponses = row.how === 'response' && row.gatewayId === gatewayId;
    const begunAt = isResponses ? row.startedAt : (row.unconfirmedSince ?? row.startedAt);
    const { gapEndedAt = 0 } = this.#state.ingress;
    if (gapEndedAt > begunAt) row.echo = { ...row.echo, at };
    else row.echo = { at, ms: Math.max(row.echo?.ms ?? 0, at - begunAt) };
  }

  countIfDuplicate({ id, gatewayId, resends }: OutboxRecord): void {
    const { echoes, sendCounts } = this.#state;
    const ids = new Set(
      [...echoes].filter(([, { claimedBy }]) => claimedBy === id).map(([echoId]) => echoId),
    );
    if (gatewayId !== undefined) ids.add(gatewayId);
    if (ids.size > 1 && ids.size <= resends + 1) sendCounts.duplicate += 1;
  }

  windowMs(): number {
    return echoWindowMs(this.#delaysMs());
  }

  #delaysMs(): readonly number[] {
    const echoed = this.#state.outbox
      .filter(({ echo }) => echo?.ms !== undefined)
      .sort((a, b) => (b.echo?.at ?? 0) - (a.echo?.at ?? 0) || b.id - a.id);
    return echoed.slice(0, SENDS_REMEMBERED).map(({ echo }) => echo?.ms ?? 0);
  }

  coverage(windowMs = this.windowMs()): number | undefined {
    const confirmed = this.#state.outbox
      .filter(({ how, startedAt }) => how === 'response' && startedAt <= this.#state.now - windowMs)
      .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0) || b.id - a.id);
    const sends = confirmed.slice(0, SENDS_REMEMBERED).map(({ echo }) => ({
      isEchoed: echo !== undefined,
      ...(echo?.ms === undefined ? {} : { echoMs: echo.ms }),
    }));
    return echoCoverage(sends, windowMs);
  }

  figures(): Pick<OutboxFigures, 'echoDelays' | 'echoWindowMs' | 'echoCoverage'> {
    const delays = echoDelays(this.#delaysMs());
    const coverage = this.coverage();
    return {
      ...(delays === undefined ? {} : { echoDelays: delays }),
      echoWindowMs: this.windowMs(),
      ...(coverage === undefined ? {} : { echoCoverage: coverage }),
    };
  }

  evidence(): EchoEvidence {
    const { now, ingress } = this.#state;
    const since = heardSince(ingress, now, 0);
    return {
      windowMs: this.windowMs(),
      isReliable: isReliable(this.coverage()),
      ...(since === undefined ? {} : { heardSince: since }),
    };
  }
}
