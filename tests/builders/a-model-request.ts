import { type ModelRequest } from '../../src/application/ports/outbound/language-model.ts';

/** A question about a price, with the one passage that answers it. */
export function aModelRequest(overrides: Partial<ModelRequest> = {}): ModelRequest {
  const question = overrides.question ?? 'Quanto custa o curso de Excel?';
  return {
    instructions: 'Você atende os clientes da Escola Aurora.',
    conversation: [{ role: 'user', text: question }],
    question,
    grounding: {
      passages: [
        {
          id: 'cursos/excel.txt#1',
          document: 'cursos/excel.txt',
          title: 'Excel',
          section: 'Preço',
          text: 'O curso de Excel custa R$ 497,00.',
          score: 3.2,
        },
      ],
      whole: false,
      version: 'v1',
    },
    ...overrides,
  };
}
