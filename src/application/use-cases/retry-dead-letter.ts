import { type DeadLetterReference } from '../../domain/dead-letter.ts';
import { type RetryDeadLetter } from '../ports/inbound/retry-dead-letter.ts';
import { type DeadLetters, type RetryOutcome } from '../ports/outbound/dead-letters.ts';
import { type Logger } from '../ports/outbound/logger.ts';
import { type WorkSignal } from '../ports/outbound/work-signal.ts';

export class RetryDeadLetterUseCase implements RetryDeadLetter {
  constructor(
    private readonly deadLetters: Pick<DeadLetters, 'retry'>,
    private readonly signal: Pick<WorkSignal, 'raise'>,
    private readonly logger: Logger,
  ) {}

  async execute(letter: DeadLetterReference): Promise<RetryOutcome> {
    const outcome = await this.deadLetters.retry(letter);
    if (outcome.status !== 'retried') return outcome;
    this.signal.raise(letter.kind === 'turn' ? 'turns' : 'deliveries');
    const { kind, id } = letter;
    this.logger.info('dead letter retried', { kind, id, contactId: outcome.contactId });
    return outcome;
  }
}
