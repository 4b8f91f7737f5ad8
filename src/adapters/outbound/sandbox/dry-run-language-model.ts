import {
  type LanguageModel,
  type ModelAnswer,
  type ModelRequest,
} from '../../../application/ports/outbound/language-model.ts';
import { type ScoredPassage } from '../../../domain/knowledge/passage.ts';

const NOTICE = '🧪 Resposta de teste, sem IA (AI_DRY_RUN=1).';
const FOUND = 'Nos arquivos de conhecimento encontrei:';
const NOTHING_FOUND =
  'Não encontrei nada sobre isso nos arquivos de conhecimento. Com a IA ligada, a resposta seria escrita pelo modelo.';

/** How many passages are shown at most. */
const SHOWN = 5;
/** Others than the first are shown only if they fit at least this well, measured by the first. */
const OTHERS_AT_LEAST = 0.85;
/** How much of each passage is shown, UTF-16 units. */
const PASSAGE_LIMIT = 600;
/** No further passage is begun beyond this, UTF-16 units. */
const ENOUGH = 1200;

/** Answers from the passages that fit the question best, without a model; says that it is a test. */
export class DryRunLanguageModel implements LanguageModel {
  async answer(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    signal.throwIfAborted();
    const best = bestOf(request.grounding.passages);
    const parts = best.length === 0 ? [NOTHING_FOUND] : [FOUND, ...quotes(best)];
    const text = [NOTICE, ...parts].join('\n\n');
    return Promise.resolve({
      text,
      model: 'dry-run',
      tokensIn: 0,
      tokensCached: 0,
      tokensOut: 0,
    });
  }
}

function bestOf(passages: readonly ScoredPassage[]): readonly ScoredPassage[] {
  const fitting = passages.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  const atLeast = (fitting[0]?.score ?? 0) * OTHERS_AT_LEAST;
  return fitting.filter(({ score }) => score >= atLeast).slice(0, SHOWN);
}

function quotes(passages: readonly ScoredPassage[]): readonly string[] {
  const quoted: string[] = [];
  let length = 0;
  for (const passage of passages) {
    if (length > ENOUGH) break;
    const text = quote(passage);
    length += text.length;
    quoted.push(text);
  }
  return quoted;
}

function quote({ section, text, title }: ScoredPassage): string {
  const names = section === '' || section === title ? [title] : [title, section];
  return `**${names.map(calm).join(' – ')}**\n${shortened(text.trim())}`;
}

/** A heading written all in capitals as a sentence would be. */
function calm(heading: string): string {
  if (/\p{Ll}/u.test(heading)) return heading;
  return heading.toLowerCase().replace(/\p{L}/u, (first) => first.toUpperCase());
}

/** Whole lines, so that no price is cut; only a single line that is too long is cut, between words. */
function shortened(text: string): string {
  if (text.length <= PASSAGE_LIMIT) return text;
  const room = text.slice(0, PASSAGE_LIMIT + 1);
  const end = Math.max(room.lastIndexOf('\n'), 0) || Math.max(room.lastIndexOf(' '), 0);
  // A text without a single space: cut it, but no pair of surrogates.
  const kept = end > 0 ? room.slice(0, end) : room.slice(0, -1).replace(/[\uD800-\uDBFF]$/u, '');
  return `${kept.trimEnd()}\n…`;
}
