import { z } from 'zod';
import {
  LanguageModelError,
  NO_TOKENS,
  type TokenUse,
} from '../../../application/ports/outbound/language-model.ts';

/** What one call brought: a text, or why it cannot be used. */
export interface Completion {
  readonly use: TokenUse;
  readonly model: string | undefined;
  readonly result: string | LanguageModelError;
}

const tokens = z.int().nonnegative().catch(0);

const choiceSchema = z.object({
  finish_reason: z.string().nullish(),
  message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
});

/** The parts of an answer that are read. A compatible server may leave out all but the text. */
const completionSchema = z.object({
  model: z.string().max(200).optional().catch(undefined),
  choices: z.tuple([choiceSchema], z.unknown()),
  usage: z
    .object({
      prompt_tokens: tokens,
      completion_tokens: tokens,
      prompt_tokens_details: z.object({ cached_tokens: tokens }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
});

type Answer = z.infer<typeof completionSchema>;

const CUT_SHORT: ReadonlyMap<string, string> = new Map([
  ['length', 'it was cut off at the limit of its length'],
  ['content_filter', "the provider's content filter held it back"],
]);

/** Three full WhatsApp messages, in UTF-16 units; a model that writes more has lost its way. */
const LONGEST_TEXT = 12_000;

/** Thoughts that some open models write in front of their answer; they are not for the customer. */
const THOUGHTS_START = '<think>';
const THOUGHTS_END = '</think>';

/** Reads an answer, trusting nothing in it. */
export function readCompletion(answer: unknown): Completion {
  const parsed = completionSchema.safeParse(answer);
  if (!parsed.success) {
    const result = unusable('it is no chat completion; check OPENAI_BASE_URL');
    return { use: NO_TOKENS, model: undefined, result };
  }
  return { use: useOf(parsed.data), model: parsed.data.model, result: textOf(parsed.data) };
}

/** What two calls have cost together. */
export function addUse(one: TokenUse, other: TokenUse): TokenUse {
  return {
    tokensIn: one.tokensIn + other.tokensIn,
    tokensCached: one.tokensCached + other.tokensCached,
    tokensOut: one.tokensOut + other.tokensOut,
  };
}

function useOf({ usage }: Answer): TokenUse {
  return {
    tokensIn: usage?.prompt_tokens ?? 0,
    tokensCached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
    tokensOut: usage?.completion_tokens ?? 0,
  };
}

function textOf({ choices: [choice] }: Answer): string | LanguageModelError {
  const { finish_reason: finish, message } = choice;
  const cause = CUT_SHORT.get(finish ?? '');
  if (cause !== undefined) return unusable(cause);
  // An empty refusal is what some servers write for none.
  if ((message.refusal ?? '') !== '') return unusable('the model declined to answer');
  const text = withoutThoughts(message.content ?? '').trim();
  if (text === '') return unusable('it is empty');
  return text.length > LONGEST_TEXT ? unusable('it is longer than 12,000 characters') : text;
}

/** Thoughts without an end leave nothing: where they stop and the answer begins cannot be known. */
function withoutThoughts(content: string): string {
  if (!content.trimStart().startsWith(THOUGHTS_START)) return content;
  const end = content.indexOf(THOUGHTS_END);
  return end === -1 ? '' : content.slice(end + THOUGHTS_END.length);
}

function unusable(why: string): LanguageModelError {
  return new LanguageModelError('unusable', `The model's answer cannot be used: ${why}.`);
}
