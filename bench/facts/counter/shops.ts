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

export const COUNTER_CATALOGUES: readonly Catalogue[] = [
  {
    name: 'pousada',
    title: 'Pousada Recanto das Garças',
    layout: 'prose',
    house: {
      phone: phone('48999112233'),
      opens: open(7, 22.5),
      email: exact('reservas@recantogarcas.example'),
      key: exact('reservas@recantogarcas.example'),
      discount: percent(12),
    },
    items: [
      [
        'Chalé Jardim',
        {
          price: money(340),
          serves: people(2),
          link: exact('https://recantogarcas.example/chale-jardim'),
        },
      ],
      [
        'Chalé Jardim Família',
        {
          price: money(585),
          serves: people(5),
          link: exact('https://recantogarcas.example/familia'),
        },
      ],
      [
        'Suíte Lagoa',
        {
          price: money(428),
          serves: people(3),
          link: exact('https://recantogarcas.example/lagoa'),
        },
      ],
      [
        'Suíte Lagoa com hidro',
        {
          price: money(690),
          plan: plan(4, 172.5),
          link: exact('https://recantogarcas.example/hidro'),
        },
      ],
      ['Passeio de barco', { price: money(95), lasts: minutes(135), places: places(28) }],
      [
        'Passeio de barco ao pôr do sol',
        { price: money(160), lasts: minutes(105), places: places(12) },
      ],
    ],
  },
  {
    name: 'oficina',
    title: 'Auto Center Três Irmãos',
    layout: 'table',
    house: {
      phone: phone('1932887766'),
      opens: open(7.5, 17.5),
      key: exact('98.765.432/0001-10'),
      answer: days(6),
    },
    items: [
      ['Troca de óleo sintético', { price: money(219), lasts: minutes(35), warranty: months(5) }],
      ['Troca de óleo mineral', { price: money(129), lasts: minutes(28), warranty: months(4) }],
      ['Alinhamento', { price: money(85), lasts: minutes(42), warranty: months(2) }],
      [
        'Alinhamento e balanceamento',
        { price: money(155), lasts: minutes(70), warranty: months(7) },
      ],
      [
        'Pastilha de freio dianteira',
        { price: money(264.5), plan: plan(3, 88.17), lasts: minutes(80), warranty: months(9) },
      ],
      [
        'Pastilha de freio traseira',
        { price: money(241.5), plan: plan(3, 80.5), lasts: minutes(95), warranty: months(8) },
      ],
      [
        'Bateria MX-60',
        { price: money(479), plan: plan(6, 79.83), lasts: minutes(15), warranty: months(18) },
      ],
      [
        'Bateria MX-60 Start',
        { price: money(749), plan: plan(6, 124.83), lasts: minutes(16), warranty: months(24) },
      ],
    ],
  },
  {
    name: 'musica',
    title: 'Estúdio Dó Ré Mi',
    layout: 'questions',
    house: {
      phone: phone('6133445566'),
      opens: open(14, 21),
      email: exact('oi@doremi.example'),
      discount: percent(18),
    },
    items: [
      [
        'Violão para iniciantes',
        {
          price: money(1_350),
          pix: money(1_215),
          plan: plan(9, 150),
          starts: day(2027, 2, 16),
          hours: hours(36),
        },
      ],
      [
        'Violão avançado',
        {
          price: money(1_890),
          pix: money(1_701),
          plan: plan(9, 210),
          starts: day(2027, 6, 27),
          hours: hours(54),
        },
      ],
      [
        'Canto para iniciantes',
        {
          price: money(1_080),
          pix: money(972),
          plan: plan(9, 120),
          starts: day(2027, 7, 13),
          hours: hours(27),
        },
      ],
      [
        'Canto coral',
        {
          price: money(640),
          pix: money(576),
          plan: plan(8, 80),
          starts: day(2027, 9, 4),
          hours: hours(45),
        },
      ],
      [
        'Piano clássico',
        {
          price: money(3_000),
          pix: money(2_700),
          plan: plan(12, 250),
          starts: day(2027, 11, 22),
          hours: hours(90),
        },
      ],
    ],
  },
  {
    name: 'pizzaria',
    title: 'Pizzaria Forno do Beco',
    layout: 'list',
    house: {
      phone: phone('71986543210'),
      opens: open(18, 23.5),
      key: exact('71986543210'),
      fee: money(8),
    },
    items: [
      ['Pizza margherita', { price: money(54) }],
      ['Pizza margherita broto', { price: money(33) }],
      ['Pizza calabresa', { price: money(49) }],
      ['Pizza calabresa com catupiry', { price: money(58) }],
      ['Pizza quatro queijos', { price: money(61) }],
      ['Pizza de chocolate', { price: money(46) }],
      ['Esfiha de carne', { price: money(7.5) }],
      ['Esfiha de queijo', { price: money(6.9) }],
      ['Combo casal', { price: money(79.9), serves: people(2) }],
      ['Combo galera', { price: money(149.9), serves: people(8) }],
    ],
  },
  {
    name: 'dentista',
    title: 'Clínica Sorriso Claro',
    layout: 'sheets',
    house: {
      phone: phone('6240028922'),
      opens: open(8.5, 20),
      email: exact('agenda@sorrisoclaro.example'),
      key: exact('b1f0c9d8-7e6a-4d5c-9b3a-2f1e0d9c8b7a'),
      discount: percent(6),
      answer: days(9),
    },
    items: [
      ['Limpeza', { price: money(180), lasts: minutes(40) }],
      ['Limpeza com flúor', { price: money(230), lasts: minutes(55) }],
      ['Clareamento caseiro', { price: money(650), plan: plan(5, 130), lasts: minutes(30) }],
      ['Clareamento a laser', { price: money(1_400), plan: plan(7, 200), lasts: minutes(90) }],
      [
        'Aparelho fixo',
        { price: money(2_800), plan: plan(20, 140), lasts: minutes(120), warranty: months(6) },
      ],
      [
        'Aparelho fixo estético',
        { price: money(4_500), plan: plan(20, 225), lasts: minutes(150), warranty: months(14) },
      ],
    ],
  },
];
