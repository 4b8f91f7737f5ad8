import { type GatewayStatus } from '../outbound/messaging-gateway.ts';

/** Asks the gateway for its connection and keeps what it says for all processes. */
export interface CheckGateway {
  execute(): Promise<GatewayStatus>;
}
