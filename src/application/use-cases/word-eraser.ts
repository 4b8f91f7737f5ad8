import { type IncomingMessage } from '../../domain/incoming-message.ts';
import { type Clock } from '../ports/outbound/clock.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type DeleteOutcome, type MessagingGateway } from '../ports/outbound/messaging-gateway.ts';

/** Takes the owner's words for the agent out of the chats in which customers could read them. */
export class WordEraser {
  constructor(
    private readonly gateway: Pick<MessagingGateway, 'deleteOwn'>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Best effort: never rejects, and the log says what came of it. */
  async erase(message: IncomingMessage, contactId: number): Promise<void> {
    const outcome = await this.delete(message);
    if (outcome.kind === 'deleted') this.logger.info('agent word deleted', { contactId });
    else {
      this.logger.warn('agent word not deleted', {
        contactId,
        reason: outcome.reason,
        hint: 'the customer can read it; delete it by hand on the phone',
      });
    }
  }

  private async delete({ identity, id, sentAt }: IncomingMessage): Promise<DeleteOutcome> {
    const chat = identity.phone ?? identity.lid;
    if (chat === undefined || id === undefined) {
      return { kind: 'not_deleted', reason: 'it came without an id' };
    }
    return this.gateway.deleteOwn({ chat, id, sentAt: sentAt ?? this.clock.now() });
  }
}
