import { type ReadWord, readWords, type Stem } from './terms.ts';

/** What customers of a shop or a school call one and the same thing. */
const GROUPS: readonly string[] = [
  'preco valor custo custar custa',
  'entrega entregar frete envio enviar',
  'pagamento pagar parcelar parcela cartao pix boleto',
  'troca trocar devolucao devolver reembolso',
  'horario funcionamento abre fecha aberto atende',
  'endereco localizacao local fica',
  'desconto promocao cupom oferta',
  'agendar agendamento marcar reservar reserva',
  'cancelar cancelamento desistir desistencia',
  'garantia defeito quebrado conserto',
  'telefone contato whatsapp ligar falar',
  'dinheiro recurso verba valor',
  'site pagina portal',
  'erro problema falha',
  'enviar mandar encaminhar',
  'cachorro cao caes dog',
  'gato felino',
  'filhote bebe',
  'loja estabelecimento unidade',
  'comprar compra pedido adquirir',
  'prazo tempo demora dias',
  'inscricao inscrever matricula matricular',
  'curso aula treinamento',
  'aluno estudante academico',
  'professor docente',
  'remedio medicamento',
  'consulta atendimento',
  'necessario precisa obrigatorio exigido exige',
  'comecar inicio iniciar',
  'terminar fim final termino',
  'documento documentacao papel',
  'senha acesso login entrar',
  'cadastro cadastrar registro',
  'carro veiculo automovel',
  'casa residencia domicilio',
  'ajuda suporte',
  'receber recebimento',
  'excluir apagar remover deletar',
  'alterar mudar modificar trocar',
];

/** By term, the other words in its groups, each with its term. */
export type Synonyms = ReadonlyMap<string, readonly ReadWord[]>;

/** The groups in terms, ready to be looked up. */
export function createSynonyms(stem: Stem): Synonyms {
  const synonyms = new Map<string, readonly ReadWord[]>();
  for (const group of GROUPS) {
    const words = readWords(group, stem);
    for (const term of new Set(words.map((read) => read.term))) {
      const known = synonyms.get(term) ?? [];
      const others = words.filter((other) => other.term !== term);
      synonyms.set(term, withoutRepeats([...known, ...others]));
    }
  }
  return synonyms;
}

function withoutRepeats(words: readonly ReadWord[]): readonly ReadWord[] {
  const terms = words.map(({ term }) => term);
  return words.filter(({ term }, index) => terms.indexOf(term) === index);
}
