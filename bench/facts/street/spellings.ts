import { type Language, type Spellings } from '../phrasebook.ts';
import { type Unit, type Value } from '../value.ts';
import { grouped, inWords, monthName, two, weekdayOf } from '../writing.ts';

type Of<K extends Value['kind']> = Extract<Value, { readonly kind: K }>;

/** As people write on WhatsApp: signs left out, spaces where they fall, halves and thousands in words. */
export const STREET_SPELLINGS: Spellings = {
  ways: {
    money: moneyWays,
    plan: planWays,
    day: dayWays,
    minutes: minuteWays,
    count: countWays,
    open: openWays,
    percent: ({ percent }, language) => [
      `${percent}%`,
      `${percent} %`,
      ...(language === 'pt' ? [`${percent} por cento`, `${inWords(percent)} por cento`] : []),
    ],
    exact: ({ text }) => [text, ...bareLink(text)],
    phone: ({ digits }) => phoneWays(digits),
  },
  bare: ({ cents }) => {
    const { whole, rest } = parts(cents);
    if (rest !== '00') return [`${grouped(whole, '.')},${rest}`, `${whole},${rest}`];
    return [grouped(whole, '.'), String(whole), `${grouped(whole, '.')},00`];
  },
};

/** As the owners of these shops write in their files. */
export const STREET_OWNER: Spellings = {
  ...STREET_SPELLINGS,
  ways: {
    money: ({ cents }) => {
      const { whole, rest } = parts(cents);
      const short = rest === '00' ? [`R$ ${grouped(whole, '.')}`] : [];
      return [
        `R$ ${grouped(whole, '.')},${rest}`,
        `R$${whole},${rest}`,
        `${whole},${rest}`,
        ...short,
      ];
    },
    plan: ({ times, cents }) => [
      `${times}x de R$ ${decimal(cents)}`,
      `em ${times} vezes de R$ ${decimal(cents)}`,
    ],
    day: ({ year, month, day }) => [
      `${two(day)}/${two(month)}/${year}`,
      `${day} de ${monthName(month, 'pt')} de ${year}`,
    ],
    minutes: ({ minutes }) => [`${minutes} minutos`, `${minutes} min`],
    count: ({ count, unit }) => [unitWays(count, unit, 'pt')[0] ?? ''],
    open: ({ from, to }) => [
      `segunda a sábado, das ${clock(from)} às ${clock(to)}`,
      `seg. a sáb., ${colon(from)} às ${colon(to)}`,
    ],
    percent: ({ percent }) => [`${percent}%`],
    exact: ({ text }) => [text],
    phone: ({ digits }) => [phoneWays(digits)[0] ?? ''],
  },
};

function parts(cents: number): { readonly whole: number; readonly rest: string } {
  return { whole: Math.floor(cents / 100), rest: two(cents % 100) };
}

function decimal(cents: number): string {
  const { whole, rest } = parts(cents);
  return `${whole},${rest}`;
}

function moneyWays({ cents }: Of<'money'>, language: Language): readonly string[] {
  const { whole, rest } = parts(cents);
  const dotted = grouped(whole, '.');
  const always = [
    `R$ ${dotted},${rest}`,
    `R$${whole},${rest}`,
    `R$  ${whole},${rest}`,
    `*R$${dotted},${rest}*`,
  ];
  if (language === 'en')
    return [...always, `R$ ${grouped(whole, ',')}.${rest}`, `BRL ${whole}.${rest}`];
  if (language === 'es') return [...always, `R$ ${whole},${rest}`];
  if (rest !== '00')
    return [...always, `${whole},${rest} reais`, `r$ ${whole},${rest}`, `RS ${whole},${rest}`];
  const round = [
    `R$${whole},-`,
    `R$${dotted}`,
    `R$ ${whole}`,
    `${whole} reais`,
    `${dotted} reais`,
    `${inWords(whole)} reais`,
    `${whole}reais`,
    `r$${whole}`,
  ];
  return [...always, ...round, ...thousands(whole)];
}

function thousands(whole: number): readonly string[] {
  if (whole < 1_000) return [];
  if (whole % 1_000 === 0)
    return [`${whole / 1_000} mil`, `${whole / 1_000} mil reais`, `${whole / 1_000}k`];
  if (whole % 100 !== 0) return [];
  const short = String(whole / 1_000).replace('.', ',');
  return [`${short}k`, `R$ ${short} mil`, `${short.replace(',', '.')}k`, inWords(whole)];
}

function planWays({ times, cents }: Of<'plan'>, language: Language): readonly string[] {
  const each = decimal(cents);
  if (language === 'en')
    return [`${times}x R$ ${each.replace(',', '.')}`, `${times} installments of R$ ${each}`];
  if (language === 'es') return [`${times} cuotas de R$ ${each}`, `${times}x R$ ${each}`];
  const round =
    cents % 100 === 0 ? [`${times}x de ${cents / 100}`, `${times} de ${cents / 100} reais`] : [];
  return [
    `${times} x ${each}`,
    `${times}x ${each}`,
    `${times}x${each}`,
    `${times}x de R$${each}`,
    `${times} vezes de ${each}`,
    `${times} parcelas de R$ ${each}`,
    `${inWords(times)} vezes de R$ ${each}`,
    `${times}X R$ ${each}`,
    ...round,
  ];
}

function dayWays({ year, month, day }: Of<'day'>, language: Language): readonly string[] {
  const name = monthName(month, language);
  if (language === 'en')
    return [`${name} ${day}`, `${name.slice(0, 3)} ${day}, ${year}`, `the ${day}th of ${name}`];
  if (language === 'es') return [`el ${day} de ${name}`, `el ${day}/${two(month)}`];
  return [
    `dia ${day}`,
    `dia ${two(day)}/${two(month)}`,
    `${two(day)}.${two(month)}.${year}`,
    `${two(day)}-${two(month)}-${year}`,
    `${day} de ${name}`,
    `${day}/${name.slice(0, 3)}`,
    `${day} ${name.slice(0, 3)}`,
    `${weekdayOf(year, month, day)}, ${day}/${month}`,
    `${two(day)}/${two(month)} (${weekdayOf(year, month, day)})`,
    `dia ${inWords(day)} de ${name}`,
  ];
}

function minuteWays({ minutes }: Of<'minutes'>, language: Language): readonly string[] {
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  const plain = [`${minutes} min`, `${minutes} ${language === 'en' ? 'minutes' : 'minutos'}`];
  if (language !== 'pt') return plain;
  if (whole === 0) return [...plain, `${minutes}min`, `${inWords(minutes)} minutos`];
  const hour = whole === 1 ? '1 hora' : `${whole} horas`;
  if (rest === 0) return [...plain, `${whole}h`, hour];
  if (rest === 30) return [...plain, `${whole}h30`, `${hour} e meia`, `${hour} e 30 minutos`];
  return [...plain, `${whole}h${two(rest)}`, `${hour} e ${rest} minutos`, `${whole}h e ${rest}min`];
}

function countWays({ count, unit }: Of<'count'>, language: Language): readonly string[] {
  const base = unitWays(count, unit, language);
  if (language !== 'pt' || unit === 'grams') return base;
  const name = (base[0] ?? '').replace(/^\d+ /u, '');
  const spelled = count < 100 ? [`${inWords(count)} ${name}`] : [];
  return [...base, `*${count}* ${name}`, ...spelled, ...(unit === 'months' ? years(count) : [])];
}

function years(count: number): readonly string[] {
  if (count % 12 !== 0) return [];
  return [count === 12 ? '1 ano' : `${count / 12} anos`];
}

function unitWays(count: number, unit: Unit, language: Language): readonly string[] {
  const kilos = String(count / 1_000).replace('.', ',');
  const ways: Readonly<Record<Language, Readonly<Record<Unit, readonly string[]>>>> = {
    pt: {
      hours: [`${count} horas`, `${count}h`, `${count} hs`, `${count}hrs`],
      months: [`${count} meses`],
      days: [`${count} dias`],
      people: [`${count} pessoas`],
      places: [`${count} vagas`],
      grams:
        count < 1_000
          ? [`${count} g`, `${count}g`, `${count} gramas`]
          : [`${kilos} kg`, `${kilos}kg`, `${kilos} quilos`],
    },
    es: {
      hours: [`${count} horas`],
      months: [`${count} meses`],
      days: [`${count} días`],
      people: [`${count} personas`],
      places: [`${count} plazas`],
      grams: count < 1_000 ? [`${count} g`] : [`${kilos} kg`],
    },
    en: {
      hours: [`${count} hours`],
      months: [`${count} months`],
      days: [`${count} days`],
      people: [`${count} people`],
      places: [`${count} seats`],
      grams: count < 1_000 ? [`${count} g`] : [`${kilos.replace(',', '.')} kg`],
    },
  };
  return ways[language][unit];
}

function openWays({ from, to }: Of<'open'>, language: Language): readonly string[] {
  if (language === 'en')
    return [`from ${colon(from)} to ${colon(to)}`, `${colon(from)} - ${colon(to)}`];
  if (language === 'es')
    return [`de ${colon(from)} a ${colon(to)}`, `de las ${clock(from)} a las ${clock(to)}`];
  return [
    `das ${clock(from)} às ${clock(to)}`,
    `das ${clock(from)} as ${clock(to)}`,
    `${colon(from)}–${colon(to)}`,
    `${clock(from)} - ${clock(to)}`,
    `de ${colon(from)} até ${colon(to)}`,
    `${clock(from)} às ${clock(to)}, de seg a sáb`,
    `das ${colon(from)}h às ${colon(to)}h`,
  ];
}

function clock(minutes: number): string {
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}h${rest === 0 ? '' : two(rest)}`;
}

function colon(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function bareLink(text: string): readonly string[] {
  return text.startsWith('https://') ? [text.replace('https://', '')] : [];
}

function phoneWays(digits: string): readonly string[] {
  const [area, head, tail] = [digits.slice(0, 2), digits.slice(2, -4), digits.slice(-4)];
  return [
    `(${area}) ${head}-${tail}`,
    `${area} ${head}-${tail}`,
    `+55 ${area} ${head}-${tail}`,
    `${area}${head}${tail}`,
    `(${area})${head}${tail}`,
    `${head}-${tail}`,
    `${area} ${head} ${tail}`,
  ];
}
