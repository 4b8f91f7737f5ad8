import {
  type CheckKnowledge,
  type KnowledgeCheck,
} from '../../../application/ports/inbound/check-knowledge.ts';
import { noticeLine, type OwnerNotice } from '../../../domain/knowledge/owner-notice.ts';
import { type Lines } from './lines.ts';

/** The exit codes; an owner's CI goes by them. */
const EXIT = { good: 0, failed: 1 } as const;

/**
 * `knowledge:check`: whether the texts answer their golden questions, for the owner to read. What is
 * only worth a look fails nothing: dates pass by themselves, and a CI would break without a change.
 */
export class CheckCommand {
  constructor(
    private readonly check: CheckKnowledge,
    private readonly lines: Lines,
  ) {}

  /** @returns The exit code: 0 where every file was read and every question is answered as expected. */
  async run(words: readonly string[]): Promise<number> {
    if (words.length > 0) {
      this.lines.err('uso: npm run knowledge:check');
      return EXIT.failed;
    }
    const checked = await this.check.execute();
    if (checked.failure !== undefined) {
      this.lines.err(checked.failure);
      return EXIT.failed;
    }
    return this.tell(checked) ? EXIT.good : EXIT.failed;
  }

  /** @returns Whether all is well. */
  private tell({ snapshot, golden, notices }: KnowledgeCheck): boolean {
    const { documents, passages, skipped } = snapshot;
    const { questions, failed, failures, mistakes } = golden;
    const { out } = this.lines;
    out(`Arquivos: ${documents}. Trechos: ${passages}. Perguntas de conferência: ${questions}.`);
    const unread = skipped.map(({ file, reason }) => ({ file, message: reason }));
    this.list('Arquivos que ficaram de fora:', unread);
    this.list('Linhas de perguntas que não foram entendidas:', mistakes);
    this.list('Respostas que não conferem:', failures);
    this.list(
      'Vale a pena olhar:',
      notices.filter(({ kind }) => kind !== 'skipped_file'),
    );
    const isGood = unread.length + mistakes.length + failures.length === 0;
    out('');
    if (isGood) out('Tudo confere.');
    else if (failed > 0) out(`Não conferem ${failed} de ${questions} perguntas.`);
    else out('Corrija o que está acima e confira de novo.');
    return isGood;
  }

  private list(heading: string, notices: readonly OwnerNotice[]): void {
    if (notices.length === 0) return;
    this.lines.out('');
    this.lines.out(heading);
    for (const notice of notices) this.lines.out(`  ${noticeLine(notice)}`);
  }
}
