import { type Language, type Spellings } from '../phrasebook.ts';
import { type Value } from '../value.ts';
import { grouped, inWords, monthName, two, weekdayOf } from '../writing.ts';

type Of<K extends Value['kind']> = Extract<Value, { readonly kind: K }>;

const UNIT_NAMES: Readonly<Record<Language, Readonly<Record<Of<'count'>['unit'], string>>>> = {
  pt: {
    hours: 'horas',
    months: 'meses',
    days: 'dias',
    people: 'pessoas',
    places: 'lugares',
    grams: 'g',
  },
  es: {
    hours: 'horas',
    months: 'meses',
    days: 'días',
    people: 'personas',
    places: 'lugares',
    grams: 'g',
  },
  en: {
    hours: 'hours',
    months: 'months',
    days: 'days',
    people: 'people',
    places: 'places',
    grams: 'g',
  },
};

export const COUNTER_SPELLINGS: Spellings = {
  ways: {
    money: moneyWays,
    plan: planWays,
    day: dayWays,
    minutes: minuteWays,
    count: ({ count, unit }, language) => {
      const name = UNIT_NAMES[language][unit];
      if (language !== 'pt') return [`${count} ${name}`];
      const years = unit === 'months' && count === 24 ? ['dois anos'] : [];
      return [
        `${count} ${name}`,
        `${count}  ${name}`,
        `${inWords(count)} ${name}`,
        `_${count} ${name}_`,
        ...years,
      ];
    },
    open: openWays,
    percent: ({ percent }) => [`${percent}%`, `*${percent}%*`],
    exact: ({ text }) => [text, `*${text}*`],
    phone: ({ digits }) => {
      const [area, head, tail] = [digits.slice(0, 2), digits.slice(2, -4), digits.slice(-4)];
      return [
        `(${area}) ${head}-${tail}`,
        `${area}-${head}-${tail}`,
        `0${area} ${head} ${tail}`,
        `+55 (${area}) ${head}-${tail}`,
      ];
    },
  },
  bare: ({ cents }) => {
    const [whole, rest] = [Math.floor(cents / 100), two(cents % 100)];
    return rest === '00'
      ? [`${whole},00`, grouped(whole, '.')]
      : [`${grouped(whole, '.')},${rest}`];
  },
};

export const COUNTER_OWNER: Spellings = {
  ...COUNTER_SPELLINGS,
  ways: {
    money: ({ cents }) => {
      const [whole, rest] = [Math.floor(cents / 100), two(cents % 100)];
      return [
        `R$ ${grouped(whole, '.')},${rest}`,
        `R$ ${whole},${rest}`,
        `${grouped(whole, '.')},${rest}`,
      ];
    },
    plan: ({ times, cents }) => [`${times} x R$ ${Math.floor(cents / 100)},${two(cents % 100)}`],
    day: ({ year, month, day }) => [
      `${two(day)}/${two(month)}/${year}`,
      `${two(day)}.${two(month)}.${year}`,
    ],
    minutes: ({ minutes }) => [`${minutes} min`, spoken(minutes)],
    count: ({ count, unit }) => [`${count} ${UNIT_NAMES.pt[unit]}`],
    open: ({ from, to }) => [
      `de segunda a sexta, ${clock(from)} às ${clock(to)}`,
      `seg-sex ${colon(from)}-${colon(to)}`,
    ],
    percent: ({ percent }) => [`${percent}%`],
    exact: ({ text }) => [text],
    phone: ({ digits }) => [`(${digits.slice(0, 2)}) ${digits.slice(2, -4)}-${digits.slice(-4)}`],
  },
};

function moneyWays({ cents }: Of<'money'>, language: Language): readonly string[] {
  const [whole, rest] = [Math.floor(cents / 100), two(cents % 100)];
  const plain = [
    `R$ ${grouped(whole, '.')},${rest}`,
    `R$ ${whole},${rest}`,
    `R$: ${whole},${rest}`,
  ];
  if (language !== 'pt') return [...plain, `${whole}${rest === '00' ? '' : `.${rest}`} BRL`];
  if (rest !== '00')
    return [...plain, `${whole} reais e ${Number(rest)} centavos`, `${whole},${rest} reais`];
  const thousand =
    whole > 1_000 && whole % 100 === 0
      ? [`${String(whole / 1_000).replace('.', ',')} mil reais`]
      : [];
  return [
    ...plain,
    `${whole} reais`,
    `*${whole} reais*`,
    `${inWords(whole)} reais`,
    `R$ ${whole},`,
    `R$${whole}.`,
    ...thousand,
  ];
}

function planWays({ times, cents }: Of<'plan'>, language: Language): readonly string[] {
  const each = `${Math.floor(cents / 100)},${two(cents % 100)}`;
  if (language === 'en') return [`${times} payments of R$ ${each}`];
  if (language === 'es') return [`${times} pagos de R$ ${each}`];
  const whole =
    cents % 100 === 0
      ? [`${times}x de ${cents / 100} reais`, `${times} parcelas de ${inWords(cents / 100)} reais`]
      : [];
  return [
    `${times}x R$${each}`,
    `${times} × R$ ${each}`,
    `${times} prestações de ${each}`,
    `${times} vezes de R$${each}`,
    ...whole,
  ];
}

function dayWays({ year, month, day }: Of<'day'>, language: Language): readonly string[] {
  const name = monthName(month, language);
  if (language === 'en') return [`${name} ${day}, ${year}`, `${day} ${name}`];
  if (language === 'es') return [`${day} de ${name} de ${year}`, `${day}-${two(month)}`];
  return [
    `${two(day)}/${two(month)}/${String(year).slice(2)}`,
    `${day}.${month}.${year}`,
    `${day} de ${name.slice(0, 3)}`,
    `dia ${day} de ${name}`,
    `${weekdayOf(year, month, day)} ${two(day)}/${two(month)}`,
    `no dia ${two(day)} de ${name} de ${year}`,
  ];
}

function minuteWays({ minutes }: Of<'minutes'>, language: Language): readonly string[] {
  if (language !== 'pt') return [`${minutes} min`];
  return [`${minutes} min`, `${minutes} minutos`, `cerca de ${minutes} min`, spoken(minutes)];
}

function spoken(minutes: number): string {
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (whole === 0) return rest === 30 ? 'meia hora' : `${rest} minutos`;
  const hour = whole === 1 ? 'uma hora' : `${whole} horas`;
  if (rest === 0) return hour;
  return rest === 30 ? `${hour} e meia` : `${hour} e ${rest} minutos`;
}

function openWays({ from, to }: Of<'open'>, language: Language): readonly string[] {
  if (language === 'en') return [`${colon(from)} to ${colon(to)}`];
  if (language === 'es') return [`desde las ${colon(from)} hasta las ${colon(to)}`];
  return [
    `das ${clock(from)} até as ${clock(to)}`,
    `entre ${clock(from)} e ${clock(to)}`,
    `${clock(from)}/${clock(to)}`,
    `${colon(from)} às ${colon(to)}`,
    `de seg. a sex. ${clock(from)}-${clock(to)}`,
  ];
}

function clock(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}h${rest === 0 ? '' : two(rest)}`;
}

function colon(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
}
