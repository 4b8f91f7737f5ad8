import {
  type Catalogue,
  day,
  days,
  exact,
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

export const TILL_CATALOGUES: readonly Catalogue[] = [
  {
    name: 'fotografo',
    title: 'Luz e Lente Fotografia',
    layout: 'sheets',
    house: {
      phone: phone('81987650123'),
      email: exact('luz@luzelente.example'),
      discount: percent(16),
      answer: days(21),
    },
    items: [
      [
        'Ensaio gestante',
        {
          price: money(780),
          plan: plan(6, 130),
          lasts: minutes(100),
          link: exact('https://luzelente.example/gestante'),
        },
      ],
      [
        'Ensaio gestante externo',
        {
          price: money(960),
          plan: plan(6, 160),
          lasts: minutes(140),
          link: exact('https://luzelente.example/externo'),
        },
      ],
      [
        'Ensaio newborn',
        {
          price: money(1_100),
          plan: plan(10, 110),
          lasts: minutes(200),
          link: exact('https://luzelente.example/newborn'),
        },
      ],
      [
        'Cobertura de batizado',
        {
          price: money(690),
          plan: plan(3, 230),
          hours: hours(4),
          link: exact('https://luzelente.example/batizado'),
        },
      ],
      [
        'Cobertura de casamento',
        {
          price: money(4_200),
          plan: plan(12, 350),
          hours: hours(11),
          link: exact('https://luzelente.example/casamento'),
        },
      ],
    ],
  },
  {
    name: 'restaurante',
    title: 'Cantina da Praça',
    layout: 'list',
    house: {
      phone: phone('1633445599'),
      opens: open(11.5, 23),
      key: exact('45.678.901/0001-23'),
      fee: money(9.5),
    },
    items: [
      ['Lasanha bolonhesa', { price: money(58), serves: people(2) }],
      ['Lasanha quatro queijos', { price: money(64), serves: people(3) }],
      ['Filé à parmegiana', { price: money(92), serves: people(4) }],
      ['Filé à parmegiana com fritas', { price: money(109), serves: people(5) }],
      ['Risoto de camarão', { price: money(87.5) }],
      ['Risoto de funghi', { price: money(76.5) }],
    ],
  },
  {
    name: 'assistencia',
    title: 'Conserta Já Celulares',
    layout: 'table',
    house: {
      phone: phone('67992345678'),
      opens: open(8.5, 18),
      key: exact('67992345678'),
      answer: days(2),
    },
    items: [
      [
        'Troca de tela M-30',
        { price: money(349), plan: plan(4, 87.25), lasts: minutes(85), warranty: months(3) },
      ],
      [
        'Troca de tela M-50',
        { price: money(429), plan: plan(4, 107.25), lasts: minutes(95), warranty: months(6) },
      ],
      ['Troca de bateria M-30', { price: money(169), lasts: minutes(40), warranty: months(4) }],
      ['Troca de bateria M-50', { price: money(199), lasts: minutes(45), warranty: months(5) }],
      ['Película de vidro', { price: money(39), lasts: minutes(12) }],
      ['Película de privacidade', { price: money(59), lasts: minutes(14) }],
    ],
  },
  {
    name: 'danca',
    title: 'Estúdio Passo a Passo',
    layout: 'questions',
    house: {
      phone: phone('9132326060'),
      opens: open(15, 22),
      email: exact('danca@passoapasso.example'),
      discount: percent(13),
    },
    items: [
      ['Balé infantil', { price: money(185), starts: day(2027, 2, 17), places: places(19) }],
      ['Balé adulto', { price: money(215), starts: day(2027, 3, 23), places: places(17) }],
      ['Forró iniciante', { price: money(140), starts: day(2027, 4, 29), places: places(30) }],
      ['Forró avançado', { price: money(165), starts: day(2027, 5, 31), places: places(26) }],
      [
        'Dança de salão para casais',
        { price: money(260), starts: day(2027, 8, 12), places: places(21) },
      ],
    ],
  },
];
