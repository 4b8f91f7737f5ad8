import { DryRunLanguageModel } from '../../adapters/outbound/sandbox/dry-run-language-model.ts';
import { FilesystemKnowledgeStore } from '../../adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { MegaMessagingGateway } from '../../adapters/outbound/mega/mega-messaging-gateway.ts';
import { OpenAiEmbedder } from '../../adapters/outbound/openai/open-ai-embedder.ts';
import { OpenAiLanguageModel } from '../../adapters/outbound/openai/open-ai-language-model.ts';
import { SandboxMessagingGateway } from '../../adapters/outbound/sandbox/sandbox-messaging-gateway.ts';
import { DiskReserve } from '../../adapters/outbound/system/disk-reserve.ts';
import { InProcessWorkSignal } from '../../adapters/outbound/system/in-process-work-signal.ts';
import { SystemProcessTable } from '../../adapters/outbound/system/system-process-table.ts';
import { MeasuredEmbedder } from '../../adapters/outbound/system/measured-embedder.ts';
import { MeasuredLanguageModel } from '../../adapters/outbound/system/measured-language-model.ts';
import { SystemClock } from '../../adapters/outbound/system/system-clock.ts';
import { VectorSimilarity } from '../../adapters/outbound/system/vector-similarity.ts';
import { WatchedCapacity } from '../../adapters/outbound/system/watched-capacity.ts';
import { WinstonLogger } from '../../adapters/outbound/winston/winston-logger.ts';
import { type Clock } from '../../application/ports/outbound/clock.ts';
import { type LanguageModel } from '../../application/ports/outbound/language-model.ts';
import { type Logger } from '../../application/ports/outbound/logger.ts';
import { type Store } from '../../application/ports/outbound/store.ts';
import { type Config } from '../config.ts';
import { TOKENS } from './tokens.ts';
import { type Wiring } from './wiring.ts';

/** One adapter for each outbound port, as the configuration says; a stand-in where something is not configured. */
export function bindAdapters(wiring: Wiring, config: Config, store: Store): void {
  bindSystem(wiring, config);
  bindStore(wiring, store);
  bindCapacity(wiring, config);
  bindEmbedding(wiring, config);
  bindKnowledge(wiring, config);
  wiring.bindFactory(
    TOKENS.model,
    (clock, logger, meter) =>
      new MeasuredLanguageModel(languageModel(config, clock, logger), clock, meter),
    TOKENS.clock,
    TOKENS.logger,
    TOKENS.meter,
  );
  bindGateway(wiring, config);
}

function bindSystem(wiring: Wiring, config: Config): void {
  wiring.bindClass(TOKENS.clock, SystemClock);
  wiring.bindClass(TOKENS.processes, SystemProcessTable);
  wiring.bindFactory(TOKENS.logger, (clock) => processLogger(config, clock), TOKENS.clock);
  wiring.bindClass(TOKENS.signal, InProcessWorkSignal, TOKENS.clock);
}

function processLogger(config: Config, clock: Clock): Logger {
  const { production } = config;
  const logger = new WinstonLogger(
    {
      level: config.logLevel,
      style: production ? 'json' : 'readable',
      secrets: secretsOf(config),
      common: production ? { pid: process.pid } : {},
      stream: process.stdout,
      // Under load a line for every message; where somebody watches, each line at once.
      gathers: production,
    },
    clock,
  );
  if (production) {
    process.once('exit', () => {
      logger.flush();
    });
  }
  return logger;
}

function bindStore(wiring: Wiring, store: Store): void {
  wiring.bindValue(TOKENS.inbox, store.inbox);
  wiring.bindValue(TOKENS.outbox, store.outbox);
  wiring.bindValue(TOKENS.conversations, store.conversations);
  wiring.bindValue(TOKENS.takeovers, store.takeovers);
  wiring.bindValue(TOKENS.deadLetters, store.deadLetters);
  wiring.bindValue(TOKENS.dedup, store.dedup);
  wiring.bindValue(TOKENS.instances, store.instances);
  wiring.bindValue(TOKENS.generation, store.generation);
  wiring.bindValue(TOKENS.registry, store.registry);
  wiring.bindValue(TOKENS.retention, store.retention);
  wiring.bindValue(TOKENS.embeddings, store.embeddings);
  wiring.bindValue(TOKENS.turnLog, store.turnLog);
  wiring.bindValue(TOKENS.writeLock, store.writeLock);
}

/** On PostgreSQL the database's disk is another machine's, and its own to watch. */
function bindCapacity(wiring: Wiring, { database, limits }: Config): void {
  const { inboxMax, ...disk } = limits;
  wiring.bindFactory(
    TOKENS.capacity,
    (inbox, logger) =>
      new WatchedCapacity(
        {
          inbox,
          logger,
          ...(database.kind === 'sqlite'
            ? { disk: new DiskReserve({ file: database.file, ...disk }) }
            : {}),
        },
        inboxMax,
      ),
    TOKENS.inbox,
    TOKENS.logger,
  );
}

/** Without a model to answer with there is none to embed with either. */
function bindEmbedding(wiring: Wiring, { ai }: Config): void {
  const { apiKey, baseUrl, dryRun, embeddingModel: model } = ai;
  if (dryRun || apiKey === undefined || model === undefined) {
    wiring.bindValue(TOKENS.embedder, undefined);
    wiring.bindValue(TOKENS.similarity, undefined);
    return;
  }
  const options = { apiKey, model, ...(baseUrl === undefined ? {} : { baseUrl }) };
  wiring.bindFactory(
    TOKENS.embedder,
    (clock, meter) => new MeasuredEmbedder(new OpenAiEmbedder(options, clock), clock, meter),
    TOKENS.clock,
    TOKENS.meter,
  );
  wiring.bindFactory(
    TOKENS.similarity,
    (embedder, clock, logger) =>
      embedder === undefined ? undefined : new VectorSimilarity(embedder, clock, logger),
    TOKENS.embedder,
    TOKENS.clock,
    TOKENS.logger,
  );
}

function bindKnowledge(wiring: Wiring, { knowledge }: Config): void {
  const { folder, personaFile, contextTokens, watchMs } = knowledge;
  wiring.bindFactory(
    TOKENS.knowledge,
    (clock, similarity) =>
      new FilesystemKnowledgeStore({
        folder,
        personaFile,
        contextTokens,
        clock,
        settleMs: watchMs,
        ...(similarity === undefined ? {} : { similarity }),
      }),
    TOKENS.clock,
    TOKENS.similarity,
  );
}

function languageModel({ ai }: Config, clock: Clock, logger: Logger): LanguageModel {
  if (ai.dryRun || ai.apiKey === undefined) return new DryRunLanguageModel();
  const { apiKey, baseUrl, model, timeoutMs, maxTokens, temperature } = ai;
  const options = {
    apiKey,
    model,
    timeoutMs,
    maxTokens,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(temperature === undefined ? {} : { temperature }),
  };
  return new OpenAiLanguageModel(options, clock, logger);
}

function bindGateway(wiring: Wiring, { mega, instance }: Config): void {
  if (mega !== undefined && instance !== undefined) {
    wiring.bindFactory(
      TOKENS.gateway,
      (clock) => new MegaMessagingGateway({ ...mega, instance }, clock),
      TOKENS.clock,
    );
    wiring.bindValue(TOKENS.sandbox, undefined);
    return;
  }
  const sandbox = new SandboxMessagingGateway(
    (text) => process.stdout.write(text),
    wiring.get(TOKENS.clock),
  );
  wiring.bindValue(TOKENS.gateway, sandbox);
  wiring.bindValue(TOKENS.sandbox, sandbox);
}

function secretsOf({ ai, mega, http, database }: Config): readonly string[] {
  const password = 'password' in database ? database.password : undefined;
  return [ai.apiKey, mega?.token, http.webhookToken, http.adminToken, password].flatMap(
    (secret) => secret ?? [],
  );
}
