import {
  type DeleteOutcome,
  type GatewayStatus,
  type MessagingGateway,
  type OwnMessage,
} from '../../src/application/ports/outbound/messaging-gateway.ts';
import { type Jid } from '../../src/domain/contact.ts';
import { type SendOutcome } from '../../src/domain/delivery.ts';

/** Takes every text, unless it was told otherwise. */
export class ScriptedMessagingGateway implements MessagingGateway {
  /** Every text that was handed over, whatever became of it. */
  readonly sent: { readonly to: Jid; readonly text: string }[] = [];
  readonly typing: Jid[] = [];
  /** Every message that was to be deleted, whatever became of it. */
  readonly deletions: OwnMessage[] = [];
  deleteAnswer: Promise<DeleteOutcome> = Promise.resolve({ kind: 'deleted' });
  statusAnswer: GatewayStatus = {
    kind: 'answered',
    connected: true,
    body: { error: false, instance: { status: 'connected' } },
  };
  private readonly outcomes: Promise<SendOutcome>[] = [];

  /** What becomes of the next texts, in order; a promise holds the send until it resolves. */
  will(...outcomes: readonly (SendOutcome | Promise<SendOutcome>)[]): void {
    this.outcomes.push(...outcomes.map((outcome) => Promise.resolve(outcome)));
  }

  sendText(to: Jid, text: string): Promise<SendOutcome> {
    this.sent.push({ to, text });
    const success = { kind: 'sent', gatewayId: `gateway-${this.sent.length}` } as const;
    return this.outcomes.shift() ?? Promise.resolve(success);
  }

  showTyping(to: Jid): Promise<void> {
    this.typing.push(to);
    return Promise.resolve();
  }

  deleteOwn(message: OwnMessage): Promise<DeleteOutcome> {
    this.deletions.push(message);
    return this.deleteAnswer;
  }

  status(): Promise<GatewayStatus> {
    return Promise.resolve(this.statusAnswer);
  }
}
