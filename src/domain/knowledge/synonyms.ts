import { type Stem, termsOf } from './terms.ts';

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

/** By term, the terms of the other words in its groups. */
export type Synonyms = ReadonlyMap<string, ReadonlySet<string>>;

/** The groups in terms, ready to be looked up. */
export function createSynonyms(stem: Stem): Synonyms {
  const synonyms = new Map<string, Set<string>>();
  for (const group of GROUPS) {
    const terms = new Set(termsOf(group, stem));
    for (const term of terms) {
      const others = synonyms.get(term) ?? new Set();
      for (const other of terms) if (other !== term) others.add(other);
      synonyms.set(term, others);
    }
  }
  return synonyms;
}
