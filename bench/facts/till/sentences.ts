import { type Language, type Sentences } from '../phrasebook.ts';

export const TILL_SENTENCES: Readonly<Record<Language, Sentences>> = {
  pt: {
    price: [
      'Fazemos {n} por {v}, viu?',
      '{n} tá {v} 💙',
      'Sai a {v} {n}',
      'A tabela atual de {n} é {v}',
      'Posso fechar {n} por {v}',
      '✨ {n} — {v}',
      '{n}: só {b}',
      'Quem escolhe {n} investe {v}',
    ],
    plan: ['Divide {n} em {v}', '{n} no cartão de crédito: {v}', 'Pra {n}, até {v}'],
    starts: ['{n} começa no {v}', 'A turma de {n} abre {v}', 'Início de {n}: {v}'],
    lasts: ['{n} gasta {v}', 'Em {v} a gente entrega {n}', '{n} é rapidinho: {v}'],
    hours: ['{n} inclui {v} de cobertura', 'São {v} em {n}'],
    warranty: ['{n} com {v} de garantia', 'Damos {v} de garantia para {n}'],
    serves: ['{n} serve bem {v}', '{n} alimenta {v}'],
    places: ['{n} aceita {v}', 'Só {v} para {n}'],
    opens: ['Abrimos {v}', 'Pode vir {v} que estamos aqui'],
    link: ['Confere {n}: {v}', 'Olha {n} em {v}'],
    phone: ['Liga: {v}', 'Me chama no {v}'],
    email: ['Nosso contato por e-mail é {v}'],
    key: ['O Pix da casa é {v}', 'Chave Pix: {v}'],
    discount: ['Pagando à vista são {v} de desconto', 'Desconto de {v} no Pix'],
    fee: ['Taxa de entrega {v}', 'Pra entregar cobramos {v}'],
    answer: ['Entregamos tudo em {v}', 'O prazo fica em {v}'],
  },
  es: {
    price: ['{n} te queda en {v}', 'Cobramos {v} por {n}'],
    plan: ['{n}: {v}'],
    lasts: ['{n} toma {v}'],
    warranty: ['{n} con {v} de garantía'],
    serves: ['{n} rinde para {v}'],
    places: ['{n} admite {v}'],
    opens: ['Estamos {v}'],
    link: ['{n} está en {v}'],
    phone: ['Teléfono {v}'],
  },
  en: {
    price: ['{n} would be {v}', 'That is {v} for {n}'],
    plan: ['{n}: {v}'],
    lasts: ['{n} is done in {v}'],
    warranty: ['{n} with {v} of warranty'],
    serves: ['{n} serves {v}'],
    places: ['{n} takes {v}'],
    opens: ['We open {v}'],
    link: ['{n} is at {v}'],
    phone: ['Our phone is {v}'],
  },
};

export const TILL_LABELS: Sentences = {
  price: ['💲 {v}', 'valor: {v}'],
  plan: ['💳 {v}'],
  starts: ['📆 {v}'],
  lasts: ['⌛ {v}'],
  hours: ['⌛ {v}'],
  warranty: ['🔧 garantia {v}'],
  serves: ['🍽️ {v}'],
  places: ['👣 {v}'],
  link: ['🌐 {v}'],
};

export const TILL_OPENINGS: Readonly<Record<Language, readonly string[]>> = {
  pt: [
    'Boa! Vamos lá:',
    'Que delícia de escolha 😋',
    'Seguem os detalhes de {n} 👇',
    'Já te respondo!',
    '',
  ],
  es: ['Con mucho gusto:', ''],
  en: ['Happy to help!', ''],
};

export const TILL_CLOSINGS: Readonly<Record<Language, readonly string[]>> = {
  pt: ['Confirma pra mim?', 'Te espero 🤗', 'Quer ver mais alguma opção?', ''],
  es: ['¿Confirmamos?', ''],
  en: ['Sounds good?', ''],
};

export const TILL_PAIRS: readonly string[] = [
  '{n} tá {v} e {o} tá {w}',
  '✨ {n} — {v}\n✨ {o} — {w}',
  'Por {v} tem {n}; por {w}, {o}.',
  '{n} ({v}) ou {o} ({w})?',
];
