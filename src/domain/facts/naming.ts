import { foldInPlace } from './folding.ts';
import { type TextWord, wordsOf } from './words.ts';

/** Words that stand in many names and tell no item from another. */
const COMMON = new Set(
  (
    'curso cursos com para pelo pela dos das por sem uma the and for los las del servico produto modelo preco valor ' +
    // How it is paid, or on which terms: the thing stays the same.
    'promocao promocoes oferta ofertas desconto descontos pix vista avista cartao credito debito boleto dinheiro parcelado'
  ).split(' '),
);

/** What is said of an item, and names none. */
const ATTRIBUTES = new Set(
  (
    'preco precos valor valores investimento custo custa quanto pix vista avista cartao credito debito parcela parcelas ' +
    'parcelado parcelamento mensalidade inicio data datas duracao tempo carga horaria hora horas garantia fabricante peso ' +
    'massa horario horarios desconto descontos promocao oferta pagamento pagar formas forma boleto dinheiro total subtotal ' +
    'link inscricao inscricoes matricula telefone contato fone whatsapp site email chave cnpj cpf endereco prazo serve rende ' +
    'validade estoque marca turma turmas vagas capacidade acomoda minimo maximo partir ate entrada sinal adicional acrescimo ' +
    'cada unidade item itens tabela incluido aula aulas price cost payment card start precio costo pago pagos cuotas tarjeta'
  ).split(' '),
);

/** What a shop does for whatever is bought: it goes with every item. */
const SERVICES = new Set(
  'entrega entregas frete taxa taxas multa juros envio shipping delivery pagamento cancelamento'.split(
    ' ',
  ),
);

const LONGEST_NAME = 9;
const SIZES = new Set(['p', 'm', 'g', 'gg', 'pp', 'xg']);

/** Whether a text can be the name of an item. */
export function canName(text: string): boolean {
  return namingWords(text) !== undefined;
}

/** The words of a name that can tell it from another; `undefined` where it names no item. */
export function namingWords(name: string): readonly string[] | undefined {
  // The words before a colon name a thing, those behind it describe it.
  const [head = ''] = foldInPlace(name).split(':');
  const words = wordsOf(head).filter(isContent);
  if (words.length === 0 || words.length > LONGEST_NAME) return undefined;
  const isName = words.some(({ word }) => /[a-z]{2}/u.test(word) && !ATTRIBUTES.has(word));
  if (!isName || SERVICES.has(words[0]?.word ?? '')) return undefined;
  return words.map(({ word }) => word);
}

/** Whether a word counts in a name. */
export function isContent({ word }: TextWord): boolean {
  if (COMMON.has(word)) return false;
  return word.length > 2 || SIZES.has(word) || /\d/u.test(word);
}
