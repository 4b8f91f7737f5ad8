import { type Passage } from '../../src/domain/knowledge/passage.ts';

/** A passage of an invented school's price list. */
export function aPassage(changes: Partial<Passage> = {}): Passage {
  return {
    id: 'cursos/excel.txt#1',
    document: 'cursos/excel.txt',
    title: 'Curso de Excel',
    section: 'Preço',
    text: 'Preço: R$ 297,00',
    ...changes,
  };
}
