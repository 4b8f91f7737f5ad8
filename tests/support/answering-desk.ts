import {
  HandleIncomingMessageUseCase,
  type HandleIncomingMessageSettings,
} from '../../src/application/use-cases/handle-incoming-message.ts';
import { type HistoryEntry } from '../../src/domain/conversation.ts';
import { type IncomingMessage } from '../../src/domain/incoming-message.ts';
import { type Turn } from '../../src/domain/turn.ts';
import { anIncomingMessage } from '../builders/an-incoming-message.ts';
import { InMemoryKnowledgeStore } from '../doubles/in-memory-knowledge-store.ts';
import { anInMemoryStore, type InMemoryStore } from '../doubles/in-memory-store.ts';
import { ManualClock } from '../doubles/manual-clock.ts';
import { ManualStoreClock } from '../doubles/manual-store-clock.ts';
import { RecordingLogger } from '../doubles/recording-logger.ts';
import { RecordingMeter } from '../doubles/recording-meter.ts';
import { RecordingWorkSignal } from '../doubles/recording-work-signal.ts';
import { ScriptedLanguageModel } from '../doubles/scripted-language-model.ts';
import { ScriptedMessagingGateway } from '../doubles/scripted-messaging-gateway.ts';

/** The use case that answers, over doubles of all its ports. */
export class AnsweringDesk {
  readonly storeClock = new ManualStoreClock();
  readonly store: InMemoryStore = anInMemoryStore({ clock: this.storeClock });
  readonly knowledge: InMemoryKnowledgeStore;
  readonly model = new ScriptedLanguageModel();
  readonly gateway = new ScriptedMessagingGateway();
  readonly clock = new ManualClock();
  readonly signal = new RecordingWorkSignal();
  readonly logger = new RecordingLogger();
  readonly meter = new RecordingMeter();
  readonly useCase: HandleIncomingMessageUseCase;
  #messages = 0;

  /** @param contextTokens - Room for knowledge; what does not fit is chosen from. */
  constructor(settings: Partial<HandleIncomingMessageSettings> = {}, contextTokens = 8_000) {
    this.knowledge = new InMemoryKnowledgeStore(contextTokens);
    const { inbox, conversations, dedup } = this.store;
    const { knowledge, model, gateway, clock, signal, logger, meter } = this;
    this.useCase = new HandleIncomingMessageUseCase(
      { inbox, conversations, dedup, knowledge, model, gateway, clock, signal, logger, meter },
      {
        repliesPerHour: 30,
        timeZone: 'America/Sao_Paulo',
        rewording: true,
        askForText: 'Pode me escrever, por favor?',
        apology: 'Desculpe, já chamei a equipe.',
        safeAnswer: 'Vou confirmar com a equipe.',
        ...settings,
      },
    );
  }

  /** A message comes in, with an id of its own. */
  async hear(override: Partial<IncomingMessage> = {}): Promise<void> {
    this.#messages += 1;
    const message = anIncomingMessage({ id: `M${this.#messages}`, ...override });
    await this.store.inbox.add({ arrivals: [{ message }], body: new Uint8Array() });
  }

  /** The one turn that is due once the burst is complete. */
  async claim(): Promise<Turn> {
    this.storeClock.advance(15_000);
    const [turn] = await this.store.inbox.claimTurns(1);
    if (turn === undefined) throw new Error('No turn is due.');
    return turn;
  }

  /** So many processes take the turn and die. */
  async dieWithTurn(deaths: number): Promise<void> {
    for (let death = 1; death <= deaths; death += 1) {
      const { lease } = await this.claim();
      await this.store.registry.release(lease.owner);
      this.storeClock.advance(60_000);
    }
  }

  /** Everything that is due leaves, and is confirmed. */
  async deliver(): Promise<void> {
    const deliveries = await this.store.outbox.claimDeliveries(9);
    for (const delivery of deliveries) {
      const outcome = { kind: 'sent', gatewayId: `OUT-${delivery.id}` } as const;
      await this.store.outbox.settle(delivery, outcome);
    }
  }

  /** What waits to be sent, in order. */
  outgoing(): readonly string[] {
    return this.store.state.outbox.map(({ body }) => body);
  }

  async history(): Promise<readonly HistoryEntry[]> {
    const [contact] = this.store.state.contacts;
    return contact === undefined ? [] : this.store.conversations.history(contact.id, 100);
  }
}

/** A signal that is never aborted. */
export const RUNNING = new AbortController().signal;
