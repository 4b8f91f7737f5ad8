import { type Language, type Sentences } from '../phrasebook.ts';

export const PHONE_SENTENCES: Readonly<Record<Language, Sentences>> = {
  pt: {
    price: [
      'O preço cheio de {n} é {v}.',
      '{n}? {v} 😉',
      'Consegue levar {n} por {v}',
      '{n} fica no valor de {v}',
      '➖ {n} ➖ {v}',
      'Tá {v} {n}',
      'Hoje {n} está na faixa de {v}',
      'Para fazer {n} o valor é {b}',
      'Investimento em {n}: {v}',
    ],
    pix: ['{n} no Pix vai pra {v}', 'Fechando {n} no Pix: {v}'],
    plan: ['{n} pode ser pago em {v}', 'Parcelamos {n}: {v}', '{n} em {v} no crédito'],
    starts: ['{n} sai {v}', 'Próxima data de {n}: {v}', '{n} está marcado para {v}'],
    lasts: ['{n} fica pronto em {v}', 'Pra {n} separa {v}', '{n}: em torno de {v}'],
    hours: ['{n} tem carga de {v}', 'Você assiste {v} em {n}'],
    warranty: ['{n} sai com garantia de {v}', 'Garantia em {n}: {v}'],
    serves: ['{n} comporta {v}', '{n}: ideal para {v}'],
    places: ['{n} abre com {v}', 'Temos {v} em {n}'],
    weight: ['{n} tem {v}', 'Cada {n} pesa {v}'],
    opens: ['Nosso expediente vai {v}', 'Estamos na loja {v}', 'Aberto {v}'],
    link: ['Mais sobre {n}: {v}', '{n} ✅ {v}'],
    phone: ['Chama no {v}', 'Contato: {v}'],
    email: ['Envie para {v}', 'Mail: {v}'],
    key: ['Pode transferir para a chave {v}', 'Pix da loja: {v}'],
    discount: ['Tem {v} de desconto à vista', 'No dinheiro desconto de {v}'],
    fee: ['A visita custa {v}', 'Cobramos uma taxa de {v}'],
    answer: ['Entregamos em até {v}', 'Prazo: {v}'],
  },
  es: {
    price: ['{n} sale {v}', 'El valor de {n}: {v}'],
    plan: ['Puedes pagar {n} en {v}'],
    starts: ['{n} sale el {v}'],
    lasts: ['{n} lleva {v}'],
    warranty: ['{n} tiene garantía de {v}'],
    places: ['Hay {v} en {n}'],
    opens: ['Abrimos {v}'],
    link: ['Más de {n}: {v}'],
    phone: ['WhatsApp {v}'],
  },
  en: {
    price: ['You pay {v} for {n}', '{n} comes to {v}'],
    plan: ['{n} can be paid in {v}'],
    starts: ['{n} leaves on {v}'],
    lasts: ['{n} needs {v}'],
    warranty: ['{n} has {v} of warranty'],
    places: ['There are {v} on {n}'],
    opens: ['Open {v}'],
    link: ['More on {n}: {v}'],
    phone: ['WhatsApp {v}'],
  },
};

export const PHONE_LABELS: Sentences = {
  price: ['✔️ {v}', '✔️ valor {b}'],
  pix: ['✔️ {v} no Pix'],
  plan: ['✔️ cartão: {v}'],
  starts: ['✔️ {v}'],
  lasts: ['✔️ {v}'],
  hours: ['✔️ {v}'],
  warranty: ['✔️ {v} de garantia'],
  serves: ['✔️ para {v}'],
  places: ['✔️ {v}'],
  weight: ['✔️ {v}'],
  link: ['✔️ {v}'],
};

export const PHONE_OPENINGS: Readonly<Record<Language, readonly string[]>> = {
  pt: [
    'Oieee! 🥰',
    'Perfeito!',
    'Deixa eu te passar certinho:',
    'Olha só, {n}:',
    'São 3 coisinhas:',
    '',
  ],
  es: ['¡Buen día!', ''],
  en: ['Hey!', ''],
};

export const PHONE_CLOSINGS: Readonly<Record<Language, readonly string[]>> = {
  pt: [
    'Fechamos?',
    'Me diz qual prefere 😊',
    'Se quiser, digite 9 para falar com a equipe.',
    '',
    '',
  ],
  es: ['¿Te lo reservo?', ''],
  en: ['Shall I book it?', ''],
};

export const PHONE_PAIRS: readonly string[] = [
  'Temos {n} por {v} e também {o} por {w}.',
  '{n} custa {v}, enquanto {o} custa {w}.',
  '✔️ {n}: {v}\n✔️ {o}: {w}',
  'Se escolher {n}, paga {v}; se escolher {o}, {w}.',
  '{v} é o valor de {n}, e {w} o de {o}',
];
