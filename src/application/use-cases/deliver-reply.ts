import { type Delivery, type DeliveryState, type SendOutcome } from '../../domain/delivery.ts';
import { type DeliverReply } from '../ports/inbound/deliver-reply.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type MessagingGateway } from '../ports/outbound/messaging-gateway.ts';
import { type Outbox } from '../ports/outbound/outbox.ts';
import { type WorkSignal } from '../ports/outbound/work-signal.ts';

export interface DeliverReplyPorts {
  readonly outbox: Outbox;
  readonly gateway: MessagingGateway;
  readonly signal: WorkSignal;
  readonly logger: Logger;
}

const HINTS = {
  not_sent: 'it is tried again for 24 h; check that the gateway can be reached',
  blocked: 'check MEGA_API_TOKEN and MEGA_INSTANCE_ID; sending is paused and probed every 60 s',
  rejected: 'the gateway will not take this reply; the contact waits for a person',
  unknown: 'it may have arrived; its echo decides within 15 s',
} as const;

export class DeliverReplyUseCase implements DeliverReply {
  constructor(private readonly ports: DeliverReplyPorts) {}

  async execute(delivery: Delivery): Promise<DeliveryState> {
    const outcome = await this.ports.gateway.sendText(delivery.to, delivery.text);
    const state = await this.ports.outbox.settle(delivery, outcome);
    this.report(delivery, outcome, state);
    this.ports.signal.raise('deliveries');
    return state;
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
