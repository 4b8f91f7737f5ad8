import { type TakeOverConversation } from '../ports/inbound/take-over-conversation.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import {
  type ContactReference,
  type TakenConversation,
  type Takeovers,
} from '../ports/outbound/takeovers.ts';

export class TakeOverConversationUseCase implements TakeOverConversation {
  constructor(
    private readonly takeovers: Takeovers,
    private readonly logger: Logger,
  ) {}

  async execute(contact: ContactReference, forMs?: number): Promise<TakenConversation | undefined> {
    const taken = await this.takeovers.pause(contact, forMs);
    if (taken === undefined) return undefined;
    const { contactId } = taken;
    this.logger.info('agent paused', { contactId, by: 'request', forMs });
    return taken;
  }
}
