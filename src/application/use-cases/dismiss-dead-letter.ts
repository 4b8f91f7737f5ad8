import { type ContactId } from '../../domain/contact.ts';
import { type DeadLetterReference } from '../../domain/dead-letter.ts';
import { type DismissDeadLetter } from '../ports/inbound/dismiss-dead-letter.ts';
import { type DeadLetters } from '../ports/outbound/dead-letters.ts';
import { type Logger } from '../ports/outbound/logger.ts';

export class DismissDeadLetterUseCase implements DismissDeadLetter {
  constructor(
    private readonly deadLetters: Pick<DeadLetters, 'dismiss'>,
    private readonly logger: Logger,
  ) {}

  async execute({ kind, id }: DeadLetterReference): Promise<ContactId | undefined> {
    const contactId = await this.deadLetters.dismiss({ kind, id });
    if (contactId !== undefined) {
      this.logger.info('dead letter dismissed', { kind, id, contactId });
    }
    return contactId;
  }
}
