import {
  type Catalogue,
  day,
  days,
  exact,
  grams,
  hours,
  minutes,
  money,
  months,
  open,
  people,
  percent,
  phone,
  places,
  plan,
} from '../catalogue.ts';

export const PHONE_CATALOGUES: readonly Catalogue[] = [
  {
    name: 'estetica',
    title: 'Estúdio Pele Nova',
    layout: 'questions',
    house: {
      phone: phone('27998761234'),
      opens: open(9.5, 19.5),
      key: exact('contato@pelenova.example'),
      discount: percent(9),
      fee: money(30),
    },
    items: [
      ['Depilação axila', { price: money(42), lasts: minutes(20) }],
      ['Depilação meia perna', { price: money(68), lasts: minutes(35) }],
      ['Depilação perna inteira', { price: money(99), lasts: minutes(55) }],
      ['Limpeza de pele', { price: money(145), plan: plan(2, 72.5), lasts: minutes(75) }],
      [
        'Limpeza de pele profunda',
        { price: money(215), plan: plan(4, 53.75), lasts: minutes(110) },
      ],
      ['Massagem relaxante', { price: money(160), lasts: minutes(65) }],
      ['Massagem modeladora', { price: money(175), plan: plan(5, 35), lasts: minutes(50) }],
    ],
  },
  {
    name: 'moveis',
    title: 'Casa Bela Móveis',
    layout: 'table',
    house: {
      phone: phone('5132109876'),
      opens: open(8, 18.5),
      email: exact('loja@casabela.example'),
      key: exact('23.456.789/0001-02'),
      answer: days(25),
    },
    items: [
      ['Sofá Lisboa 2 lugares', { price: money(1_490), plan: plan(10, 149), warranty: months(12) }],
      ['Sofá Lisboa 3 lugares', { price: money(1_990), plan: plan(10, 199), warranty: months(18) }],
      ['Sofá Porto retrátil', { price: money(2_700), plan: plan(12, 225), warranty: months(24) }],
      [
        'Mesa Carvalho redonda',
        { price: money(879), plan: plan(6, 146.5), serves: people(4), warranty: months(6) },
      ],
      [
        'Mesa Carvalho retangular',
        { price: money(1_150), plan: plan(6, 191.67), serves: people(7), warranty: months(9) },
      ],
      ['Cadeira Carvalho', { price: money(239), warranty: months(3), weight: grams(5_500) }],
      [
        'Cadeira Carvalho estofada',
        { price: money(318), warranty: months(5), weight: grams(6_200) },
      ],
    ],
  },
  {
    name: 'viagens',
    title: 'Rota Sul Turismo',
    layout: 'prose',
    house: {
      phone: phone('47988123456'),
      opens: open(9, 17.5),
      email: exact('viaje@rotasul.example'),
      discount: percent(11),
    },
    items: [
      [
        'Excursão Gramado',
        {
          price: money(1_280),
          pix: money(1_177.6),
          plan: plan(8, 160),
          starts: day(2027, 7, 9),
          places: places(44),
          link: exact('https://rotasul.example/gramado'),
        },
      ],
      [
        'Excursão Gramado Natal',
        {
          price: money(1_750),
          pix: money(1_610),
          plan: plan(10, 175),
          starts: day(2027, 12, 3),
          places: places(46),
          link: exact('https://rotasul.example/natal'),
        },
      ],
      [
        'Excursão Beto Carrero',
        {
          price: money(595),
          pix: money(547.4),
          plan: plan(5, 119),
          starts: day(2027, 10, 11),
          places: places(40),
          link: exact('https://rotasul.example/beto'),
        },
      ],
      [
        'Bate e volta Curitiba',
        {
          price: money(230),
          pix: money(211.6),
          starts: day(2027, 5, 22),
          places: places(28),
          link: exact('https://rotasul.example/curitiba'),
        },
      ],
      [
        'Bate e volta Pomerode',
        {
          price: money(195),
          pix: money(179.4),
          starts: day(2027, 8, 14),
          places: places(15),
          link: exact('https://rotasul.example/pomerode'),
        },
      ],
    ],
  },
  {
    name: 'preparatorio',
    title: 'Curso Aprova Já',
    layout: 'sheets',
    house: {
      phone: phone('6232145566'),
      opens: open(7, 22),
      email: exact('aprova@aprovaja.example'),
      key: exact('c2d4e6f8-1a3b-4c5d-8e7f-9a0b1c2d3e4f'),
      discount: percent(14),
    },
    items: [
      [
        'ENEM Intensivo',
        {
          price: money(1_600),
          plan: plan(8, 200),
          starts: day(2027, 8, 2),
          hours: hours(120),
          places: places(35),
        },
      ],
      [
        'ENEM Extensivo',
        {
          price: money(3_200),
          plan: plan(10, 320),
          starts: day(2027, 2, 8),
          hours: hours(280),
          places: places(50),
        },
      ],
      [
        'Redação nota mil',
        {
          price: money(450),
          plan: plan(3, 150),
          starts: day(2027, 6, 17),
          hours: hours(32),
          places: places(12),
        },
      ],
      [
        'Matemática do zero',
        {
          price: money(520),
          plan: plan(4, 130),
          starts: day(2027, 4, 20),
          hours: hours(48),
          places: places(24),
        },
      ],
      [
        'Concurso da Polícia',
        {
          price: money(2_350),
          plan: plan(10, 235),
          starts: day(2027, 9, 25),
          hours: hours(190),
          places: places(60),
        },
      ],
    ],
  },
  {
    name: 'lavajato',
    title: 'Lava Jato Brilho Total',
    layout: 'list',
    house: { phone: phone('92991827364'), opens: open(7.5, 18), key: exact('92991827364') },
    items: [
      ['Lavagem simples', { price: money(35), lasts: minutes(25) }],
      ['Lavagem simples SUV', { price: money(48), lasts: minutes(33) }],
      ['Lavagem completa', { price: money(65), lasts: minutes(50) }],
      ['Lavagem completa SUV', { price: money(85), lasts: minutes(70) }],
      [
        'Polimento cristalizado',
        { price: money(390), plan: plan(3, 130), lasts: minutes(240), warranty: months(4) },
      ],
      [
        'Higienização de bancos',
        { price: money(270), plan: plan(2, 135), lasts: minutes(180), warranty: months(2) },
      ],
    ],
  },
];
