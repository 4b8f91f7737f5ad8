import { setTimeout as sleep } from 'node:timers/promises';
import { LoopbackOpenAi, type ChatRequest } from '../../tests/support/loopback-open-ai.ts';
import { marksIn } from './message-marks.ts';
import { type SeededRandom } from '../../bench/support/seeded-random.ts';

const FASTEST_MS = 20;
const SLOWEST_MS = 200;

/** Stands in for the model: its answer names the messages of the turn, and nothing else tells them. */
export function startNamingModel(random: SeededRandom): Promise<LoopbackOpenAi> {
  return LoopbackOpenAi.start({
    respond: (request) => sleep(random.between(FASTEST_MS, SLOWEST_MS), answerTo(request)),
  });
}

/**
 * The turn is what the customer said and no reply has named. It is not always the last thing in the
 * conversation: what came in while an earlier answer was made stands before that answer.
 */
export function answerTo({ messages }: Pick<ChatRequest, 'messages'>): string {
  const marksOf = (role: string): readonly string[] =>
    messages.filter((message) => message.role === role).flatMap(({ content }) => marksIn(content));
  const named = new Set(marksOf('assistant'));
  const asked = marksOf('user').filter((mark) => !named.has(mark));
  return `Recebi: ${asked.join(' ')}`;
}
