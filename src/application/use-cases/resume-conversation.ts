import { type ResumeConversation } from '../ports/inbound/resume-conversation.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import {
  type ContactReference,
  type TakenConversation,
  type Takeovers,
} from '../ports/outbound/takeovers.ts';

export class ResumeConversationUseCase implements ResumeConversation {
  constructor(
    private readonly takeovers: Takeovers,
    private readonly logger: Logger,
  ) {}

  async execute(contact: ContactReference): Promise<TakenConversation | undefined> {
    const resumed = await this.takeovers.resume(contact);
    if (resumed === undefined) return undefined;
    this.logger.info('agent resumed', { contactId: resumed.contactId, by: 'request' });
    return resumed;
  }
}
