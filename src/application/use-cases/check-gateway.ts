import { type CheckGateway } from '../ports/inbound/check-gateway.ts';
import { type InstanceStore } from '../ports/outbound/instance-store.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type GatewayStatus, type MessagingGateway } from '../ports/outbound/messaging-gateway.ts';

export interface CheckGatewayPorts {
  readonly gateway: MessagingGateway;
  readonly instances: InstanceStore;
  readonly logger: Logger;
}

export class CheckGatewayUseCase implements CheckGateway {
  constructor(private readonly ports: CheckGatewayPorts) {}

  async execute(): Promise<GatewayStatus> {
    const status = await this.ports.gateway.status();
    const connected = status.kind === 'answered' && status.connected;
    const isNews = await this.ports.instances.setConnected(connected);
    if (isNews) this.report(status, connected);
    return status;
  }

  private report(status: GatewayStatus, connected: boolean): void {
    const { logger } = this.ports;
    if (connected) logger.info('gateway connected', { source: 'check' });
    else if (status.kind === 'unreachable') {
      logger.warn('gateway unreachable', {
        reason: status.reason,
        hint: 'check MEGA_API_BASE_URL, MEGA_API_TOKEN and the network',
      });
    } else {
      logger.warn('gateway disconnected', {
        source: 'check',
        hint: 'open the Mega API panel and connect the number again',
      });
    }
  }
}
