import {
  type AttemptStanding,
  type Delivery,
  type DeliveryState,
  SEND_TOO_LATE,
  type SendOutcome,
} from '../../domain/delivery.ts';
import { type DeliverReply } from '../ports/inbound/deliver-reply.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type Meter } from '../ports/outbound/meter.ts';
import { type MessagingGateway } from '../ports/outbound/messaging-gateway.ts';
import { type Outbox } from '../ports/outbound/outbox.ts';
import { type WorkSignal } from '../ports/outbound/work-signal.ts';
import { untilStored } from './until-stored.ts';

export interface DeliverReplyPorts {
  readonly outbox: Outbox;
  readonly gateway: MessagingGateway;
  readonly signal: WorkSignal;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly meter: Pick<Meter, 'sendEnded'>;
}

const TOO_LATE: SendOutcome = { kind: 'not_sent', reason: SEND_TOO_LATE };

const HINTS = {
  not_sent: 'it is tried again for 24 h; check that the gateway can be reached',
  blocked: 'check MEGA_API_TOKEN and MEGA_INSTANCE_ID; sending is paused and probed every 60 s',
  rejected: 'the gateway will not take this reply; the contact waits for a person',
  unknown: 'it may have arrived; its echo decides within a minute, then SEND_UNKNOWN',
} as const;

export class DeliverReplyUseCase implements DeliverReply {
  constructor(private readonly ports: DeliverReplyPorts) {}

  async execute(delivery: Delivery): Promise<DeliveryState> {
    // A process that stood still since its claim may have been given up, and the reply sent by another.
    const standing = await this.standing(delivery);
    if (standing === 'outdated') return 'unknown';
    if (standing === 'late') return this.settle(delivery, TOO_LATE);
    if (delivery.resends > 0) this.reportRepetition(delivery);
    const outcome = await this.send(delivery);
    const state = await this.settle(delivery, outcome);
    this.report(delivery, outcome, state);
    this.ports.signal.raise('deliveries');
    return state;
  }

  /** Nothing has left yet: given up here, the reply would seem to have been sent, and wait for its echo. */
  private standing(delivery: Delivery): Promise<AttemptStanding> {
    const { outbox, clock, logger } = this.ports;
    const { id: deliveryId, contactId } = delivery;
    return untilStored(() => outbox.standing(delivery), {
      clock,
      onRefusal: (error) => {
        const hint = 'tried again until the store answers; check the database';
        logger.error('delivery not begun', { deliveryId, contactId, error, hint });
      },
    });
  }

  private async send({ to, text }: Delivery): Promise<SendOutcome> {
    const { gateway, clock, meter } = this.ports;
    const startedAt = clock.monotonic();
    const outcome = await gateway.sendText(to, text);
    meter.sendEnded(outcome.kind, clock.monotonic() - startedAt);
    return outcome;
  }

  /** What the gateway has said is told nowhere else: forgetting it would send the reply again. */
  private settle(delivery: Delivery, outcome: SendOutcome): Promise<DeliveryState> {
    const { outbox, clock, logger } = this.ports;
    const { id: deliveryId, contactId } = delivery;
    return untilStored(() => outbox.settle(delivery, outcome), {
      clock,
      onRefusal: (error) => {
        const hint = 'tried again until the store takes it; check the disk';
        logger.error('outcome not stored', { deliveryId, contactId, error, hint });
      },
    });
  }

  private reportRepetition({ id: deliveryId, contactId, attempt }: Delivery): void {
    const hint = 'an earlier send was never confirmed; the contact may get this reply twice';
    this.ports.logger.warn('reply sent again', { deliveryId, contactId, attempt, hint });
  }

  private report(delivery: Delivery, outcome: SendOutcome, state: DeliveryState): void {
    const { id: deliveryId, contactId, attempt } = delivery;
    if (outcome.kind === 'sent') {
      this.ports.logger.info('reply sent', { deliveryId, contactId, attempt });
      return;
    }
    const { kind, reason } = outcome;
    const level = kind === 'blocked' || kind === 'rejected' ? 'error' : 'warn';
    this.ports.logger[level]('reply not confirmed', {
      deliveryId,
      contactId,
      attempt,
      outcome: kind,
      state,
      reason,
      hint: HINTS[kind],
    });
  }
}
