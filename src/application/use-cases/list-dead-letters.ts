import {
  type DeadLetterListing,
  type ListDeadLetters,
} from '../ports/inbound/list-dead-letters.ts';
import { type DeadLetterPage, type DeadLetters } from '../ports/outbound/dead-letters.ts';

export class ListDeadLettersUseCase implements ListDeadLetters {
  constructor(private readonly deadLetters: Pick<DeadLetters, 'list' | 'counts'>) {}

  async execute(page: DeadLetterPage): Promise<DeadLetterListing> {
    const [found, counts] = await Promise.all([
      this.deadLetters.list({ ...page, limit: page.limit + 1 }),
      this.deadLetters.counts(),
    ]);
    return {
      total: counts.failedTurns + counts.failedReplies + counts.heldReplies,
      letters: found.slice(0, page.limit),
      hasMore: found.length > page.limit,
    };
  }
}
