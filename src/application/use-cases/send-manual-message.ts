import { type Jid, parseJid } from '../../domain/contact.ts';
import { type OutboxId, SEND_TOO_LATE } from '../../domain/delivery.ts';
import { splitReply } from '../../domain/reply.ts';
import {
  type ManualSendOutcome,
  type SendManualMessage,
} from '../ports/inbound/send-manual-message.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type InstanceStore } from '../ports/outbound/instance-store.ts';
import { type Outbox, type OutboxEntry } from '../ports/outbound/outbox.ts';
import { type WorkSignal } from '../ports/outbound/work-signal.ts';

export interface SendManualMessagePorts {
  readonly outbox: Outbox;
  readonly instances: InstanceStore;
  readonly signal: WorkSignal;
  readonly clock: Clock;
}

/** Where a reply ends without having been sent. */
const NEVER_LEAVES: ReadonlySet<string> = new Set(['failed', 'cancelled']);

/** How long the caller waits for the gateway, ms. */
const WAIT_MS = 15_000;

/** How often the outbox is looked at meanwhile, ms: another process may be the one that sends. */
const LOOK_MS = 50;

export class SendManualMessageUseCase implements SendManualMessage {
  constructor(private readonly ports: SendManualMessagePorts) {}

  async execute(to: Jid, text: string): Promise<ManualSendOutcome> {
    const { outbox, signal, clock } = this.ports;
    const identity = parseJid(to)?.kind === 'lid' ? { lid: to } : { phone: to };
    const ids = await outbox.enqueue({ identity, parts: splitReply(text) });
    signal.raise('deliveries');
    const deadline = clock.monotonic() + WAIT_MS;
    for (;;) {
      const isLate = clock.monotonic() >= deadline;
      const outcome = await this.outcomeOf(ids, isLate);
      if (outcome !== undefined) return outcome;
      await clock.sleep(LOOK_MS);
    }
  }

  /** The end as far as it can be told; `undefined` while it is worth waiting. */
  private async outcomeOf(
    ids: readonly OutboxId[],
    isLate: boolean,
  ): Promise<ManualSendOutcome | undefined> {
    const entries = await this.entriesOf(ids);
    const open = entries.find(({ state }) => state !== 'sent');
    if (open === undefined) return { outcome: 'sent', id: firstOf(ids) };
    const refusal = entries.map(refusalOf).find((reason) => reason !== undefined);
    if (refusal === undefined && !isLate) return undefined;
    return this.takeBack(ids, open.id, refusal ?? (await this.silence()));
  }

  private async silence(): Promise<string> {
    const { pauseReason } = await this.ports.instances.state();
    return pauseReason ?? 'The gateway has not answered within 15 s.';
  }

  /** Whoever reads "failed" may send again by hand: so nothing of it has left, and nothing will. */
  private async takeBack(
    ids: readonly OutboxId[],
    id: OutboxId,
    reason: string,
  ): Promise<ManualSendOutcome> {
    await this.ports.outbox.cancel(ids);
    const entries = await this.entriesOf(ids);
    const hasLeft = entries.filter(({ state }) => state === 'sent').length;
    if (entries.every(({ state }) => NEVER_LEAVES.has(state))) {
      return { outcome: 'failed', id, reason };
    }
    const parts = hasLeft === 0 ? '' : ` (${hasLeft} of ${ids.length} parts were sent)`;
    return { outcome: 'unknown', id, reason: `${reason}${parts}` };
  }

  private async entriesOf(ids: readonly OutboxId[]): Promise<readonly OutboxEntry[]> {
    const entries = await Promise.all(ids.map((id) => this.ports.outbox.find(id)));
    return entries.filter((entry) => entry !== undefined);
  }
}

/** Why waiting longer is of no use; `undefined` while it may be. */
function refusalOf({ state, lastError }: OutboxEntry): string | undefined {
  if (state === 'failed' || state === 'cancelled')
    return lastError ?? 'The message was taken back.';
  if (lastError === SEND_TOO_LATE) return undefined;
  return state === 'pending' || state === 'held' ? lastError : undefined;
}

function firstOf(ids: readonly OutboxId[]): OutboxId {
  const [id] = ids;
  if (id === undefined) throw new Error('A manual message needs at least one part.');
  return id;
}
