import { type ReportMetrics } from '../ports/inbound/report-metrics.ts';
import { type DeadLetters } from '../ports/outbound/dead-letters.ts';
import { type Exposition, type MetricsPage } from '../ports/outbound/exposition.ts';
import { type Inbox } from '../ports/outbound/inbox.ts';
import { type InstanceStore } from '../ports/outbound/instance-store.ts';
import { type Outbox } from '../ports/outbound/outbox.ts';

export interface ReportMetricsPorts {
  readonly inbox: Pick<Inbox, 'depth' | 'oldestWaitingMs'>;
  readonly outbox: Pick<Outbox, 'figures'>;
  readonly deadLetters: Pick<DeadLetters, 'counts'>;
  readonly instances: Pick<InstanceStore, 'state'>;
  readonly exposition: Pick<Exposition, 'show'>;
}

export class ReportMetricsUseCase implements ReportMetrics {
  constructor(private readonly ports: ReportMetricsPorts) {}

  async execute(): Promise<MetricsPage> {
    const { inbox, outbox, deadLetters, instances, exposition } = this.ports;
    const [inboxDepth, inboxOldestMs, figures, dead, instance] = await Promise.all([
      inbox.depth(),
      inbox.oldestWaitingMs(),
      outbox.figures(),
      deadLetters.counts(),
      instances.state(),
    ]);
    return exposition.show({
      inboxDepth,
      ...(inboxOldestMs === undefined ? {} : { inboxOldestMs }),
      outbox: figures,
      deadLetters: dead,
      ...(instance.connected === undefined ? {} : { connected: instance.connected }),
      sendingPaused: instance.pauseReason !== undefined,
    });
  }
}
