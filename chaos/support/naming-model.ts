import { setTimeout as sleep } from 'node:timers/promises';
import { LoopbackOpenAi, type ChatRequest } from '../../tests/support/loopback-open-ai.ts';
import { marksIn } from './message-marks.ts';
import { type SeededRandom } from './seeded-random.ts';

const FASTEST_MS = 20;
const SLOWEST_MS = 200;

/** Stands in for the model: its answer names the messages of the turn, and nothing else tells them. */
export function startNamingModel(random: SeededRandom): Promise<LoopbackOpenAi> {
  return LoopbackOpenAi.start({
    respond: (request) => sleep(random.between(FASTEST_MS, SLOWEST_MS), answerTo(request)),
  });
}

/** The last thing that the customer said is the turn that is to be answered. */
function answerTo({ messages }: ChatRequest): string {
  const asked = messages.findLast(({ role }) => role === 'user');
  return `Recebi: ${marksIn(asked?.content ?? '').join(' ')}`;
}
