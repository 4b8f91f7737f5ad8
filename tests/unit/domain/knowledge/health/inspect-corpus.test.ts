import { describe, expect, it } from '@jest/globals';

import { inspectCorpus } from '../../../../../src/domain/knowledge/health/inspect-corpus.ts';
import { noticeLine } from '../../../../../src/domain/knowledge/owner-notice.ts';
import { splitDocument } from '../../../../../src/domain/knowledge/splitting.ts';

const TODAY = { year: 2026, month: 11, day: 25 };

/** What is found in these files, as `kind place: message`. */
function found(files: Readonly<Record<string, string>>): readonly string[] {
  const documents = Object.entries(files).map(([path, text]) => ({ path, text }));
  const passages = documents.flatMap(({ path, text }) => [...splitDocument(path, text)]);
  const notices = [...inspectCorpus({ documents, passages, skipped: [] }, TODAY)].flat();
  return notices.map((notice) => `${notice.kind} ${noticeLine(notice)}`);
}

describe('inspectCorpus', () => {
  it('tells which files are not served', () => {
    const skipped = [{ file: 'a.txt', reason: 'o arquivo está vazio' }];

    const notices = [...inspectCorpus({ documents: [], passages: [], skipped }, TODAY)].flat();

    expect(notices).toEqual([
      { kind: 'skipped_file', file: 'a.txt', message: 'o arquivo está vazio' },
    ]);
  });

  it('names no line of a format that has none of its own', () => {
    expect(found({ 'a.pdf': 'Escreva para {{EMAIL}}' })).toEqual([
      'placeholder a.pdf: "{{EMAIL}}" ficou por preencher, e o agente pode repetir isso a um cliente; escreva o dado certo ou apague a linha',
    ]);
  });

  it.each([
    '{{EMAIL}}',
    '{{ nome da loja }}',
    '{TELEFONE}',
    '[PREENCHER]',
    '[inserir preço aqui]',
    '[Seu telefone]',
    '[e-mail]',
    'XXX',
    'xxxx',
    'R$ XX',
    'xxx,xx',
    'XX/XX',
    '(XX)',
    'Lorem ipsum',
  ])('finds that "%s" was never filled in', (placeholder) => {
    const [notice, ...others] = found({ 'a.txt': `Contato\n\nFale: ${placeholder} hoje.` });

    expect(notice).toMatch(/^placeholder a\.txt, linha 3: ".+" ficou por preencher/u);
    expect(others).toEqual([]);
  });

  it.each([
    'Inciso XXX do artigo 5',
    'XXX - os bens de estrangeiros',
    'Camiseta XXXG',
    'Veja [preço](https://loja.example/preco).',
    'Escolha a opção [A] ou [B].',
    'Chame { quando quiser }',
    'Modelo XX-100',
    'Século XX',
  ])('takes "%s" for text', (line) => {
    expect(found({ 'a.txt': line })).toEqual([]);
  });

  it.each(['InscriÃ§Ãµes', 'AtÃ© amanhã', '30Â°', 'â€œaspasâ€', 'Inscri\ufffd\ufffdes', 'Ã‰ hoje'])(
    'finds the broken characters of "%s"',
    (words) => {
      const [notice] = found({ 'a.txt': `Aviso: ${words}.` });

      expect(notice).toMatch(/^broken_text a\.txt, linha 1: ".+" tem caracteres estragados/u);
    },
  );

  it.each(['AMANHÃ”', 'MANHÃ…', 'MANHÃ: 9h', 'Âncora', 'AÇÃO', '30ºC'])(
    'takes "%s" for what it is',
    (words) => {
      expect(found({ 'a.txt': `Aviso: “${words}.` })).toEqual([]);
    },
  );

  it.each([
    ['Início da próxima turma: 03/08/2026.', '03/08/2026'],
    ['Inscrições abertas até 10 de outubro de 2026', '10 de outubro de 2026'],
    ['Promoção válida até 24/11/26', '24/11/26'],
    ['Aulas em 5, 12 e 19 de outubro de 2026.', '19 de outubro de 2026'],
    ['As inscrições serão realizadas entre 01/10/2026 e 20/10/2026.', '20/10/2026'],
    ['Vagas até outubro de 2026', 'outubro de 2026'],
  ])('finds that the date of "%s" has passed', (line, date) => {
    expect(found({ 'a.txt': line })).toEqual([
      `past_date a.txt, linha 1: ${date} já passou; ponha a próxima data ou apague a linha`,
    ]);
  });

  it.each([
    'Início da próxima turma: 25/11/2026.',
    'Aulas de 01/10/2026 até 10/12/2026.',
    'Vagas até novembro de 2026',
    'Início em 3 de agosto.',
    'Fundada em 10/05/2025, a loja tem promoções.',
    'A última turma foi em 10/05/2026.',
    'Preços atualizados em 01/02/2026, com desconto.',
    'Desconto da Lei 14.000, de 01/02/2026.',
    'Em 20/10/2026 choveu.',
    'A oferta de 12/05/1999 ficou famosa.',
  ])('has nothing to say of "%s"', (line) => {
    expect(found({ 'a.txt': line })).toEqual([]);
  });

  it('finds files that say the same, however they are spaced', () => {
    expect(found({ 'a.txt': 'Banho: R$ 50', 'b/cópia.txt': '\nBANHO:  R$ 50\n' })).toEqual([
      'duplicate_file b/cópia.txt: diz o mesmo que a.txt; apague um dos dois, ou um deles ficará esquecido quando o outro mudar',
    ]);
  });
});
