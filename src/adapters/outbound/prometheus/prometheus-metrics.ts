import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Seconds: from a turn without a model to all tries of a slow one. */
const ANSWER_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 90, 120];

/** Seconds: a send is given up after ten. */
const SEND_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Seconds: a question is given up after two, a batch of passages after thirty. */
const EMBEDDING_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30];

/** Seconds: 15 ms is what the service means to keep below. */
const DELAY_BUCKETS = [0.001, 0.005, 0.015, 0.05, 0.1, 0.25, 0.5, 1, 5];

interface Named {
  readonly name: string;
  readonly help: string;
  readonly registers: Registry[];
}

/** What every figure has in common. */
export function named(registry: Registry, name: string, help: string): Named {
  return { name: `whatsapp_agent_${name}`, help, registers: [registry] };
}

export interface PrometheusMetrics {
  readonly accepted: Counter;
  readonly ignored: Counter<'reason'>;
  readonly refused: Counter<'shortage'>;
  readonly turns: Histogram<'outcome'>;
  readonly leaseTakeovers: Counter;
  readonly model: Histogram;
  readonly modelErrors: Counter<'kind'>;
  readonly rewordings: Counter<'outcome'>;
  readonly tokens: Counter<'kind'>;
  readonly embeddings: Histogram<'outcome'>;
  readonly embeddingTokens: Counter;
  readonly promptTokens: Counter<'by'>;
  readonly sends: Histogram<'outcome'>;
  readonly eventLoopDelay: Histogram;
  readonly lowestVersion: Gauge;
  readonly highestVersion: Gauge;
}

/** Makes what one process measures, at zero. All label values are words of the service's own. */
export function prometheusMetrics(registry: Registry): PrometheusMetrics {
  return {
    ...messageMetrics(registry),
    ...modelMetrics(registry),
    ...embeddingMetrics(registry),
    ...processMetrics(registry),
  };
}

function messageMetrics(
  registry: Registry,
): Pick<
  PrometheusMetrics,
  'accepted' | 'ignored' | 'refused' | 'turns' | 'leaseTakeovers' | 'sends'
> {
  return {
    accepted: new Counter(
      named(registry, 'messages_accepted_total', 'Messages stored to be answered'),
    ),
    ignored: new Counter({
      ...named(registry, 'messages_ignored_total', 'What is not answered, by reason'),
      labelNames: ['reason'],
    }),
    refused: new Counter({
      ...named(registry, 'webhooks_refused_total', 'Webhooks not taken, by what was short'),
      labelNames: ['shortage'],
    }),
    turns: new Histogram({
      ...named(registry, 'turn_duration_seconds', 'Turns from claim to end, by outcome'),
      labelNames: ['outcome'],
      buckets: ANSWER_BUCKETS,
    }),
    leaseTakeovers: new Counter(
      named(registry, 'lease_takeovers_total', 'Contacts taken over from a lost process'),
    ),
    sends: new Histogram({
      ...named(registry, 'send_duration_seconds', 'Attempts at sending, by outcome'),
      labelNames: ['outcome'],
      buckets: SEND_BUCKETS,
    }),
  };
}

function modelMetrics(
  registry: Registry,
): Pick<PrometheusMetrics, 'model' | 'modelErrors' | 'rewordings' | 'tokens' | 'promptTokens'> {
  return {
    promptTokens: new Counter({
      ...named(registry, 'prompt_tokens_total', 'Tokens of prompts, as estimated and as counted'),
      labelNames: ['by'],
    }),
    model: new Histogram({
      ...named(registry, 'model_duration_seconds', 'Answers asked of the model, with all tries'),
      buckets: ANSWER_BUCKETS,
    }),
    modelErrors: new Counter({
      ...named(registry, 'model_errors_total', 'Answers the model did not give, by kind'),
      labelNames: ['kind'],
    }),
    rewordings: new Counter({
      ...named(registry, 'query_rewordings_total', 'Questions the model was asked to reword'),
      labelNames: ['outcome'],
    }),
    tokens: new Counter({
      ...named(registry, 'model_tokens_total', 'Tokens used; cached ones are also among in'),
      labelNames: ['kind'],
    }),
  };
}

function embeddingMetrics(
  registry: Registry,
): Pick<PrometheusMetrics, 'embeddings' | 'embeddingTokens'> {
  return {
    embeddings: new Histogram({
      ...named(registry, 'embedding_duration_seconds', 'Calls for vectors, by outcome'),
      labelNames: ['outcome'],
      buckets: EMBEDDING_BUCKETS,
    }),
    embeddingTokens: new Counter(
      named(registry, 'embedding_tokens_total', 'Tokens of what was embedded'),
    ),
  };
}

/** Gauges that each process sets for itself say how they are put together. */
function processMetrics(
  registry: Registry,
): Pick<PrometheusMetrics, 'eventLoopDelay' | 'lowestVersion' | 'highestVersion'> {
  return {
    eventLoopDelay: new Histogram({
      ...named(registry, 'event_loop_delay_seconds', 'How late timers fire'),
      buckets: DELAY_BUCKETS,
    }),
    lowestVersion: new Gauge({
      ...named(registry, 'knowledge_version_lowest', 'Lowest version served, as a number'),
      aggregator: 'min',
    }),
    highestVersion: new Gauge({
      ...named(registry, 'knowledge_version_highest', 'Highest version served, as a number'),
      aggregator: 'max',
    }),
  };
}
