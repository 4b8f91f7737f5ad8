import { describe, expect, it } from '@jest/globals';

import { lineInDocument } from '../../../../src/domain/knowledge/passage-line.ts';
import { splitDocument } from '../../../../src/domain/knowledge/splitting.ts';

const TEXT = `# Cursos

## Excel
Preço: R$ 10
- Certificado

## Foto
Preço: R$ 20


- Certificado
`;

describe('lineInDocument', () => {
  const passages = [...splitDocument('a.txt', TEXT)];

  it.each([
    [0, 0, 4],
    [0, 1, 5],
    [1, 0, 8],
    // The same words as in line 5, and another blank line before them.
    [1, 2, 11],
    [1, -1, 7],
  ])('finds line %i:%i of a passage in line %i of its document', (passage, index, line) => {
    const found = passages[passage];

    expect(found && lineInDocument(TEXT, found, index)).toBe(line);
  });

  it('finds the middle of a long line that was cut', () => {
    const text = `Primeira.\n${'Uma frase bem comum de um texto longo. '.repeat(60)}Fim.\n`;
    const cut = [...splitDocument('a.txt', text)];

    expect(cut.length).toBeGreaterThan(2);
    expect(cut.slice(1).map((passage) => lineInDocument(text, passage, 0))).toEqual(
      cut.slice(1).map(() => 2),
    );
  });

  it('tells no line where the document does not show the text', () => {
    const [passage] = passages;

    expect(passage && lineInDocument('outro texto', passage, 0)).toBeUndefined();
  });
});
