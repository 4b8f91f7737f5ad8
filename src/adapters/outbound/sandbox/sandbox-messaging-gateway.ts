import {
  type ListSandboxMessages,
  type SandboxMessage,
} from '../../../application/ports/inbound/list-sandbox-messages.ts';
import { type Clock } from '../../../application/ports/outbound/clock.ts';
import {
  type DeleteOutcome,
  type GatewayStatus,
  type MessagingGateway,
  type OwnMessage,
} from '../../../application/ports/outbound/messaging-gateway.ts';
import { type Jid } from '../../../domain/contact.ts';
import { type SendOutcome } from '../../../domain/delivery.ts';

/** How many replies are remembered. */
const KEPT = 200;

/**
 * Stands in for WhatsApp where no gateway is configured: prints every reply and remembers the newest
 * 200 of this process. Nothing leaves the machine.
 */
export class SandboxMessagingGateway implements MessagingGateway, ListSandboxMessages {
  private readonly messages: SandboxMessage[] = [];
  private lastId = 0;

  /** @param write - Takes text that ends in a line feed, for instance to stdout. */
  constructor(
    private readonly write: (text: string) => void,
    private readonly clock: Clock,
  ) {}

  sendText(to: Jid, text: string): Promise<SendOutcome> {
    this.lastId += 1;
    this.messages.push({ to, text, at: this.clock.now() });
    if (this.messages.length > KEPT) this.messages.shift();
    this.write(framed(to, text));
    return Promise.resolve({ kind: 'sent', gatewayId: `sandbox-${this.lastId}` });
  }

  async showTyping(): Promise<void> {
    // Nobody looks at a screen here.
  }

  deleteOwn({ chat }: OwnMessage): Promise<DeleteOutcome> {
    this.write(`\n── mensagem sua apagada na conversa com ${chat} (sandbox: nada foi apagado)\n`);
    return Promise.resolve({ kind: 'deleted' });
  }

  status(): Promise<GatewayStatus> {
    const body = { error: false, instance: { key: 'sandbox', status: 'connected' } };
    return Promise.resolve({ kind: 'answered', connected: true, body });
  }

  execute(): readonly SandboxMessage[] {
    return [...this.messages];
  }
}

function framed(to: Jid, text: string): string {
  const lines = [`┌─ resposta para ${to} (sandbox: nada foi enviado)`];
  for (const line of text.split('\n')) lines.push(`│ ${line}`);
  return `\n${lines.join('\n')}\n└─\n`;
}
