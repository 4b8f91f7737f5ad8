import { type DocumentText } from '../corpus-text.ts';
import { type HealthNotice } from './health-notice.ts';

/** What one question found: the passages that the model was shown, with their scores. */
export type FoundPassages = readonly { readonly id: string; readonly score: number }[];

/** As many as the model is shown where not all texts fit. */
const BEST = 8;

/** Fewer questions say nothing about a file. */
const ENOUGH = 100;

/** Documents that none of the last questions came to, although enough of them could have. */
export function findUnusedDocuments(
  documents: readonly DocumentText[],
  questions: readonly FoundPassages[],
): readonly HealthNotice[] {
  const chances = new Map<string, number>();
  const used = new Set<string>();
  for (const found of questions) {
    const names = new Set(found.map(({ id }) => documentOf(id)));
    // A list of the best does not say what else there was; a longer one is the whole corpus.
    const asked = found.length > BEST ? names : documents.map(({ path }) => path);
    for (const path of asked) chances.set(path, (chances.get(path) ?? 0) + 1);
    for (const { id } of bestOf(found)) used.add(documentOf(id));
  }
  return documents.flatMap(({ path }) => {
    const count = chances.get(path) ?? 0;
    if (used.has(path) || count < ENOUGH) return [];
    const message = `nenhuma das últimas ${count} perguntas chegou a este arquivo; se ele não é novo, escreva nele as palavras que os clientes usam, ou apague-o`;
    return [{ kind: 'unused_file', file: path, message }];
  });
}

function bestOf(found: FoundPassages): FoundPassages {
  return found
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, BEST);
}

function documentOf(id: string): string {
  return id.slice(0, id.lastIndexOf('#'));
}
