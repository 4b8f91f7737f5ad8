import { type Registry } from 'prom-client';

import { type Shortage } from '../../../application/ports/outbound/capacity.ts';
import {
  type LanguageModelErrorKind,
  type TokenUse,
} from '../../../application/ports/outbound/language-model.ts';
import { type Meter } from '../../../application/ports/outbound/meter.ts';
import { type PrometheusMetrics, prometheusMetrics } from './prometheus-metrics.ts';

const SECOND_MS = 1_000;

/** Measures into a registry of Prometheus. */
export class PrometheusMeter implements Meter {
  readonly #metrics: PrometheusMetrics;

  /** @param registry - Of this process alone. */
  constructor(registry: Registry) {
    this.#metrics = prometheusMetrics(registry);
  }

  messageAccepted(): void {
    this.#metrics.accepted.inc();
  }

  messageIgnored(reason: string): void {
    this.#metrics.ignored.inc({ reason });
  }

  messagesRefused(shortage: Shortage): void {
    this.#metrics.refused.inc({ shortage });
  }

  turnEnded(outcome: string, tookMs: number): void {
    this.#metrics.turns.observe({ outcome }, tookMs / SECOND_MS);
  }

  leasesTakenOver(count: number): void {
    this.#metrics.leaseTakeovers.inc(count);
  }

  modelAnswered(used: TokenUse, tookMs: number): void {
    this.#metrics.model.observe(tookMs / SECOND_MS);
    this.#countTokens(used);
  }

  promptCounted(estimated: number, counted: number): void {
    this.#metrics.promptTokens.inc({ by: 'estimate' }, estimated);
    this.#metrics.promptTokens.inc({ by: 'provider' }, counted);
  }

  modelFailed(kind: LanguageModelErrorKind, used: TokenUse, tookMs: number): void {
    this.#metrics.model.observe(tookMs / SECOND_MS);
    this.#metrics.modelErrors.inc({ kind });
    this.#countTokens(used);
  }

  queryReworded(outcome: string): void {
    this.#metrics.rewordings.inc({ outcome });
  }

  embeddingEnded(outcome: string, tookMs: number, tokens: number): void {
    this.#metrics.embeddings.observe({ outcome }, tookMs / SECOND_MS);
    this.#metrics.embeddingTokens.inc(tokens);
  }

  sendEnded(outcome: string, tookMs: number): void {
    this.#metrics.sends.observe({ outcome }, tookMs / SECOND_MS);
  }

  knowledgeServed(version: string): void {
    const number = asNumber(version);
    this.#metrics.lowestVersion.set(number);
    this.#metrics.highestVersion.set(number);
  }

  eventLoopDelayed(byMs: number): void {
    this.#metrics.eventLoopDelay.observe(byMs / SECOND_MS);
  }

  #countTokens({ tokensIn, tokensCached, tokensOut }: TokenUse): void {
    this.#metrics.tokens.inc({ kind: 'in' }, tokensIn);
    this.#metrics.tokens.inc({ kind: 'cached' }, tokensCached);
    this.#metrics.tokens.inc({ kind: 'out' }, tokensOut);
  }
}

/** A version is a hash in hexadecimal digits. As a label each new one would be a new series, forever. */
function asNumber(version: string): number {
  const number = Number.parseInt(version, 16);
  return Number.isSafeInteger(number) ? number : 0;
}
