import {
  type FoundKnowledge,
  type FoundPassage,
  type SearchKnowledge,
} from '../../../application/ports/inbound/search-knowledge.ts';
import { type KnowledgeStore } from '../../../application/ports/outbound/knowledge-store.ts';
import { type QueryWord, type SoughtTerm } from '../../../domain/knowledge/query.ts';
import { type Lines } from './lines.ts';

const EXIT = { answered: 0, failed: 1 } as const;

/** As many as the model is shown. */
const SHOWN = 8;

/** `ask pergunta`: what the question finds in the knowledge, and why, for the owner to read. */
export class AskCommand {
  constructor(
    private readonly knowledge: Pick<KnowledgeStore, 'reload'>,
    private readonly search: SearchKnowledge,
    private readonly lines: Lines,
  ) {}

  /** @returns The exit code. */
  async run(words: readonly string[]): Promise<number> {
    const { err } = this.lines;
    const query = words.join(' ').trim();
    if (query === '' || words[0]?.startsWith('-') === true) {
      err('uso: npm run ask -- "pergunta"');
      return EXIT.failed;
    }
    const { snapshot, failure } = await this.knowledge.reload('all');
    if (failure !== undefined) {
      err(failure);
      return EXIT.failed;
    }
    for (const { file, reason } of snapshot.skipped) err(`Fora da busca: ${file}: ${reason}`);
    if (snapshot.exactWordsOnly) err('São trechos demais: só as palavras exatas são procuradas.');
    const found = await this.search.execute(query, SHOWN);
    this.tell(found, snapshot.passages);
    return EXIT.answered;
  }

  private tell({ words, passages, whole }: FoundKnowledge, count: number): void {
    const { out } = this.lines;
    out('Palavras procuradas:');
    for (const word of words) out(`  ${word.word}: ${readingOf(word)}`);
    if (words.length === 0) out('  nenhuma: nada na pergunta distingue um texto de outro');
    out('');
    out(`Trechos, o melhor primeiro (${passages.length} de ${count}):`);
    for (const [index, passage] of passages.entries()) {
      out(`${String(index + 1).padStart(3)}. ${placeOf(passage)}`);
      out(`     ${passage.excerpt}`);
    }
    if (passages.length === 0) out('  nenhum');
    if (whole) {
      out('');
      out(`O modelo lê todos os ${count} trechos, não só estes: cabem em RAG_CONTEXT_TOKENS.`);
    }
  }
}

function readingOf({ meant, near }: QueryWord): string {
  return [meaningOf(meant), ...near.map(nearTerm)].join('; ');
}

function meaningOf(meant: readonly SoughtTerm[]): string {
  const [first] = meant;
  if (first?.origin === 'typed') return 'está nos textos';
  if (first?.origin !== 'spelling') return 'não está nos textos, nem nada parecido';
  const taken = meant.map(({ word, weight }) => `"${word}" (${decimal(weight)})`);
  return `não está nos textos; lida como ${taken.join(' ou ')}`;
}

function nearTerm({ word, weight, origin }: SoughtTerm): string {
  return origin === 'synonym'
    ? `também "${word}", sinônimo (${decimal(weight)})`
    : `também "${word}…", outra forma (${decimal(weight)})`;
}

function placeOf({ score, title, section, document }: FoundPassage): string {
  const place = [title, section].filter((part) => part !== '').join(' > ');
  return `${decimal(score)}  ${place}  [${document}]`;
}

function decimal(value: number): string {
  return value.toFixed(2).replace('.', ',');
}
