import { join } from 'node:path';

import { FilesystemKnowledgeStore } from '../src/adapters/outbound/filesystem/filesystem-knowledge-store.ts';
import { SystemClock } from '../src/adapters/outbound/system/system-clock.ts';
import { buildConversation, questionOf } from '../src/application/use-cases/build-conversation.ts';
import { type HistoryEntry } from '../src/domain/conversation.ts';
import { renderKnowledge } from '../src/domain/knowledge/rendering.ts';
import { buildInstructions } from '../src/domain/prompt.ts';
import { type MessageId, type TurnMessage } from '../src/domain/turn.ts';
import { type SharedPrefix, sharedPrefix } from './support/shared-prefix.ts';

/** Friday, 5 March 2027, 09:30 in São Paulo. */
const NOW = Date.UTC(2027, 2, 5, 12, 30);
const MINUTE_MS = 60_000;

/** How much two prompts in a row have in common at their beginning. */
export interface PromptFigures {
  /** Whether the model is shown the whole corpus. */
  readonly whole: boolean;
  readonly otherContact: SharedPrefix;
  readonly sameContact: SharedPrefix;
}

/** One prompt that is asked for. */
interface Asked {
  readonly name: string;
  readonly text: string;
  readonly at: number;
  readonly before?: readonly HistoryEntry[];
}

/** Puts prompts together as a turn does, of the texts in a folder, for two contacts and two turns of one. */
export async function measurePrompts(folder: string, contextTokens = 8000): Promise<PromptFigures> {
  const knowledge = new FilesystemKnowledgeStore({
    folder,
    personaFile: join(folder, 'persona.md'),
    contextTokens,
    clock: new SystemClock(),
    settleMs: 3000,
  });
  await knowledge.reload('all');
  const first = { name: 'Maria', text: 'Quanto custa o curso de Excel?', at: NOW };
  const other = { name: 'João', text: 'Vocês dão certificado?', at: NOW + MINUTE_MS };
  const second = {
    name: 'Maria',
    text: 'E dá para parcelar?',
    at: NOW + 2 * MINUTE_MS,
    before: [
      said('customer', first.text, NOW),
      said('agent', 'O curso de Excel custa R$ 297,00.', NOW + MINUTE_MS / 2),
    ],
  };
  const prompts = await Promise.all(
    [first, other, second].map((asked) => promptFor(asked, knowledge)),
  );
  const [one = '', two = '', three = ''] = prompts;
  const { whole } = await knowledge.find(first.text);
  return { whole, otherContact: sharedPrefix(one, two), sameContact: sharedPrefix(one, three) };
}

/** All that the model is given, in its order. */
async function promptFor(
  { name, text, at, before = [] }: Asked,
  knowledge: FilesystemKnowledgeStore,
): Promise<string> {
  const messages = [message(text, at)];
  const grounding = await knowledge.find(questionOf(messages));
  const instructions = buildInstructions({
    persona: knowledge.current().persona,
    knowledge: renderKnowledge(grounding.passages),
    name,
    now: at,
    timeZone: 'America/Sao_Paulo',
  });
  const conversation = buildConversation(before, messages);
  return [instructions, ...conversation.map((each) => each.text)].join('\n');
}

function message(text: string, at: number): TurnMessage {
  return { id: 1 as MessageId, kind: 'text', text, receivedAt: at };
}

function said(author: 'customer' | 'agent', text: string, at: number): HistoryEntry {
  return { author, kind: 'text', text, at };
}
