import { type GatewayEvent, type IncomingMessage } from '../../domain/incoming-message.ts';
import { screenEvent, type Screening, type ScreeningPolicy } from '../../domain/screening.ts';
import {
  type Receipt,
  type ReceiveMessage,
  type WebhookDelivery,
} from '../ports/inbound/receive-message.ts';
import { type Capacity } from '../ports/outbound/capacity.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type Arrival, type Inbox, type Reception } from '../ports/outbound/inbox.ts';
import { type InstanceStore } from '../ports/outbound/instance-store.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type Meter } from '../ports/outbound/meter.ts';
import { type MessagingGateway } from '../ports/outbound/messaging-gateway.ts';
import { StoreUnavailableError } from '../ports/outbound/store-unavailable-error.ts';
import { type WorkSignal } from '../ports/outbound/work-signal.ts';
import { type RefusedEchoes } from './refused-echoes.ts';
import { WordEraser } from './word-eraser.ts';

export interface ReceiveMessagePorts {
  readonly inbox: Inbox;
  readonly capacity: Pick<Capacity, 'shortage'>;
  readonly instances: InstanceStore;
  readonly gateway: Pick<MessagingGateway, 'deleteOwn'>;
  readonly signal: WorkSignal;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly meter: Pick<Meter, 'messageAccepted' | 'messageIgnored' | 'messagesRefused'>;
  readonly refusedEchoes: RefusedEchoes;
}

/** Workers look twice a second by themselves; only what is due sooner is worth a wake-up for each message. */
const WAKE_WITHIN_MS = 500;

interface Screened {
  readonly event: GatewayEvent;
  readonly screening: Screening;
}

export class ReceiveMessageUseCase implements ReceiveMessage {
  readonly #words: WordEraser;

  constructor(
    private readonly ports: ReceiveMessagePorts,
    private readonly policy: ScreeningPolicy,
  ) {
    this.#words = new WordEraser(ports.gateway, ports.clock, ports.logger);
  }

  async execute(delivery: WebhookDelivery): Promise<Receipt> {
    const now = this.ports.clock.now();
    const screened = delivery.events.map((event) => ({
      event,
      screening: screenEvent(event, this.policy, now),
    }));
    const receptions = await this.take(screened, delivery.body);
    return this.report(screened, receptions, delivery.requestId);
  }

  private async take(
    screened: readonly Screened[],
    body: Uint8Array,
  ): Promise<readonly Reception[]> {
    try {
      await this.recordConnections(screened);
      return await this.store(screened, body);
    } catch (error) {
      if (screened.some(isOwnMessage)) this.ports.refusedEchoes.note();
      throw error;
    }
  }

  private async recordConnections(screened: readonly Screened[]): Promise<void> {
    for (const { event, screening } of screened) {
      if (event.type !== 'connection' || screening.verdict !== 'ignore') continue;
      if (screening.reason !== 'connection') continue;
      const isNews = await this.ports.instances.setConnected(event.connected, event.ownJid);
      if (isNews) this.logConnection(event.connected);
    }
  }

  private logConnection(connected: boolean): void {
    if (connected) this.ports.logger.info('gateway connected', { source: 'webhook' });
    else {
      this.ports.logger.warn('gateway disconnected', {
        source: 'webhook',
        hint: 'open the Mega API panel and connect the number again',
      });
    }
  }

  private async store(
    screened: readonly Screened[],
    body: Uint8Array,
  ): Promise<readonly Reception[]> {
    const arrivals: Arrival[] = [];
    for (const { event, screening } of screened) {
      if (event.type !== 'message' || screening.verdict === 'ignore') continue;
      arrivals.push(
        screening.verdict === 'keep'
          ? { message: event.message, keepOnly: screening.reason }
          : { message: event.message },
      );
    }
    if (arrivals.length === 0) return [];
    this.refuseWhereShort(arrivals);
    return this.ports.inbox.add({ arrivals, body });
  }

  /** What our own number sent makes the inbox shorter: echoes settle replies, a person answers. */
  private refuseWhereShort(arrivals: readonly Arrival[]): void {
    const shortage = this.ports.capacity.shortage();
    if (shortage === undefined) return;
    if (shortage === 'inbox' && arrivals.every(({ message }) => message.fromMe)) return;
    this.ports.meter.messagesRefused(shortage);
    throw new StoreUnavailableError(`no message is taken now: short of ${shortage} room`);
  }

  private report(
    screened: readonly Screened[],
    receptions: readonly Reception[],
    requestId: string,
  ): Receipt {
    const stored = receptions.values();
    const receipts = screened.map(({ event, screening }): Receipt => {
      if (screening.verdict === 'ignore') {
        this.logIgnored(event, screening.reason, requestId);
        return { status: 'ignored', reason: screening.reason };
      }
      const reception = stored.next().value;
      if (event.type !== 'message' || reception === undefined)
        throw new Error('The inbox answered for fewer messages than it was given.');
      return reception.status === 'switched'
        ? this.reportSwitch(event.message, reception, requestId)
        : this.reportStored(reception, requestId);
    });
    for (const receipt of receipts) this.count(receipt);
    const processing = receipts.find(({ status }) => status === 'processing');
    return processing ?? receipts[0] ?? { status: 'ignored', reason: 'no_phone_or_text' };
  }

  private count(receipt: Receipt): void {
    if (receipt.status === 'processing') this.ports.meter.messageAccepted();
    else this.ports.meter.messageIgnored(receipt.reason);
  }

  /** The gateway waits for the answer to its webhook, so the deletion is not waited for. */
  private reportSwitch(
    message: IncomingMessage,
    { agent, contactId }: Extract<Reception, { status: 'switched' }>,
    requestId: string,
  ): Receipt {
    const event = agent === 'off' ? 'agent paused' : 'agent resumed';
    this.ports.logger.info(event, { requestId, contactId, by: 'word' });
    void this.#words.erase(message, contactId);
    this.ports.signal.raise('deliveries');
    return { status: 'ignored', reason: 'own_message' };
  }

  private reportStored(
    reception: Exclude<Reception, { status: 'switched' }>,
    requestId: string,
  ): Receipt {
    if (reception.status === 'accepted') {
      const { contactId, messageId, readyInMs } = reception;
      this.ports.logger.info('message accepted', { requestId, contactId, messageId, readyInMs });
      if (readyInMs < WAKE_WITHIN_MS) this.ports.signal.raise('turns');
      return { status: 'processing' };
    }
    const { reason, contactId } = reception;
    this.ports.logger.info('message not answered', { requestId, contactId, reason });
    // An echo may have settled a delivery that the contact's next one waits for.
    if (reason === 'own_message' || reason === 'echo_recent_outbound') {
      this.ports.signal.raise('deliveries');
    }
    return { status: 'ignored', reason };
  }

  private logIgnored(event: GatewayEvent, reason: string, requestId: string): void {
    // Receipts come three times for every reply; at `info` they would be most of the log.
    const level = event.type === 'receipt' ? 'debug' : 'info';
    this.ports.logger[level]('event ignored', { requestId, type: event.type, reason });
  }
}

function isOwnMessage({ event }: Screened): boolean {
  return event.type === 'message' && event.message.fromMe;
}
