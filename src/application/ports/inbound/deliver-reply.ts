import { type Delivery, type DeliveryState } from '../../../domain/delivery.ts';

/** Sends one reply that was claimed from the outbox. */
export interface DeliverReply {
  /** Leaves the reply settled by what the gateway said. @returns Its state afterwards. */
  execute(delivery: Delivery): Promise<DeliveryState>;
}
