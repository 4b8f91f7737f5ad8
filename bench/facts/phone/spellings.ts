import { type Language, type Spellings } from '../phrasebook.ts';
import { type Value } from '../value.ts';
import { grouped, inWords, monthName, two, weekdayOf } from '../writing.ts';

type Of<K extends Value['kind']> = Extract<Value, { readonly kind: K }>;
type Units = Readonly<Record<Of<'count'>['unit'], string>>;

const UNITS: Readonly<Record<Language, Units>> = {
  pt: {
    hours: 'horas',
    months: 'meses',
    days: 'dias',
    people: 'pessoas',
    places: 'vagas',
    grams: 'kg',
  },
  es: {
    hours: 'horas',
    months: 'meses',
    days: 'días',
    people: 'personas',
    places: 'cupos',
    grams: 'kg',
  },
  en: {
    hours: 'hours',
    months: 'months',
    days: 'days',
    people: 'people',
    places: 'seats',
    grams: 'kg',
  },
};

export const PHONE_SPELLINGS: Spellings = {
  ways: {
    money: moneyWays,
    plan: planWays,
    day: dayWays,
    minutes: minuteWays,
    count: countWays,
    open: openWays,
    percent: ({ percent }, language) =>
      language === 'pt'
        ? [`${percent}%`, `${percent}% (${inWords(percent)} por cento)`]
        : [`${percent}%`],
    exact: ({ text }) => [text, text.replace('https://', '')],
    phone: ({ digits }) => {
      const [area, head, tail] = [digits.slice(0, 2), digits.slice(2, -4), digits.slice(-4)];
      return [
        `(${area}) ${head}-${tail}`,
        `${area} ${head}-${tail}`,
        `(${area}) ${head} ${tail}`,
        `55 ${area} ${head}-${tail}`,
      ];
    },
  },
  bare: ({ cents }) =>
    [decimals(cents), grouped(Math.floor(cents / 100), '.')].slice(0, cents % 100 === 0 ? 2 : 1),
};

export const PHONE_OWNER: Spellings = {
  ...PHONE_SPELLINGS,
  ways: {
    money: ({ cents }) => [
      `R$ ${decimals(cents)}`,
      `R$${decimals(cents)}`,
      `${decimals(cents)} reais`,
    ],
    plan: ({ times, cents }) => [
      `${times}x de R$ ${decimals(cents)}`,
      `${times} parcelas de R$ ${decimals(cents)}`,
    ],
    day: ({ year, month, day }) => [
      `${two(day)}/${two(month)}/${year}`,
      `${day} de ${monthName(month, 'pt')} de ${year}`,
    ],
    minutes: ({ minutes }) => [`${minutes} minutos`, `${minutes}min`],
    count: (value) => [countWays(value, 'pt')[0] ?? ''],
    open: ({ from, to }) => [
      `todos os dias das ${clock(from)} às ${clock(to)}`,
      `${colon(from)} - ${colon(to)}`,
    ],
    percent: ({ percent }) => [`${percent}%`],
    exact: ({ text }) => [text],
    phone: ({ digits }) => [`(${digits.slice(0, 2)}) ${digits.slice(2, -4)}-${digits.slice(-4)}`],
  },
};

function decimals(cents: number): string {
  return `${grouped(Math.floor(cents / 100), '.')},${two(cents % 100)}`;
}

function moneyWays({ cents }: Of<'money'>, language: Language): readonly string[] {
  const whole = Math.floor(cents / 100);
  const plain = [
    `R$ ${decimals(cents)}`,
    `R$${decimals(cents)}`,
    `R$ ${whole},${two(cents % 100)}`,
  ];
  if (language !== 'pt') return plain;
  if (cents % 100 !== 0) {
    return [
      ...plain,
      `${decimals(cents)} reais`,
      `${whole} reais e ${inWords(cents % 100)} centavos`,
    ];
  }
  return [
    ...plain,
    `R$ ${grouped(whole, '.')}`,
    `${whole} reais`,
    `R$ ${decimals(cents)} (${inWords(whole)} reais)`,
    `*R$ ${whole}*`,
    `${decimals(cents)} reais`,
    ...thousands(whole),
  ];
}

function thousands(whole: number): readonly string[] {
  const isShort = whole > 1_000 && whole < 2_000 && whole % 100 === 0;
  return isShort ? [`mil e ${inWords(whole % 1_000)} reais`] : [];
}

function planWays({ times, cents }: Of<'plan'>, language: Language): readonly string[] {
  const each = decimals(cents);
  if (language === 'en') return [`${times}x of R$ ${each}`];
  if (language === 'es') return [`${times} veces de R$ ${each}`, `${times}x de R$ ${each}`];
  return [
    `${times}x de ${each}`,
    `até ${times}x de R$ ${each} sem juros`,
    `${times} vezes sem juros de R$ ${each}`,
    `${times} parcelinhas de R$ ${each}`,
    `${times}x R$ ${each}`,
    `${inWords(times)} parcelas de R$ ${each}`,
  ];
}

function dayWays({ year, month, day }: Of<'day'>, language: Language): readonly string[] {
  const name = monthName(month, language);
  if (language === 'en') return [`${name} ${day}`, `${weekdayless(name)} ${day}, ${year}`];
  if (language === 'es') return [`${day} de ${name}`, `${two(day)}/${two(month)}/${year}`];
  return [
    `${day}/${month}`,
    `${two(day)}/${two(month)}/${year}`,
    `${day} de ${name} (${weekdayOf(year, month, day)})`,
    `${weekdayOf(year, month, day)}, dia ${day} de ${name}`,
    `${two(day)} de ${name}`,
    `dia ${day}/${two(month)}`,
  ];
}

function weekdayless(name: string): string {
  return name.slice(0, 3);
}

function minuteWays({ minutes }: Of<'minutes'>, language: Language): readonly string[] {
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (language !== 'pt') return [`${minutes} min`];
  const plain = [`${minutes} minutos`, `${minutes}min`, `uns ${minutes} minutos`];
  if (whole === 0) return plain;
  const long = rest === 0 ? `${whole}h` : `${whole}h${two(rest)}min`;
  return [...plain, long, rest === 0 ? `${inWords(whole)} horas` : `${whole}h${two(rest)}`].map(
    (way) => way.replace('um horas', '1 hora').replace('dois horas', 'duas horas'),
  );
}

function countWays({ count, unit }: Of<'count'>, language: Language): readonly string[] {
  const name = UNITS[language][unit];
  if (unit === 'grams')
    return [`${String(count / 1_000).replace('.', language === 'en' ? '.' : ',')} ${name}`];
  return language === 'pt'
    ? [
        `${count} ${name}`,
        `${count} (${inWords(count)}) ${name}`.replace(/\(.*\) /u, ''),
        `*${count} ${name}*`,
      ]
    : [`${count} ${name}`];
}

function openWays({ from, to }: Of<'open'>, language: Language): readonly string[] {
  if (language === 'en') return [`from ${colon(from)} until ${colon(to)}`];
  if (language === 'es') return [`de ${colon(from)} a ${colon(to)} h`];
  return [
    `das ${clock(from)} às ${clock(to)} todo dia`,
    `a partir das ${clock(from)} até ${clock(to)}`,
    `de ${clock(from)} a ${clock(to)}`,
    `${colon(from)} até ${colon(to)}`,
    `das ${colon(from)} às ${colon(to)} hrs`,
  ];
}

function clock(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}h${rest === 0 ? '' : two(rest)}`;
}

function colon(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
