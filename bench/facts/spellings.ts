import { type SeededRandom } from '../support/seeded-random.ts';

const UNITS =
  'zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove'.split(
    ' ',
  );
const TENS = '- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa'.split(' ');
const HUNDREDS =
  '- cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos'.split(
    ' ',
  );
const MONTHS = {
  pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  en: 'January February March April May June July August September October November December',
};

export type Language = keyof typeof MONTHS;

/** An amount of cents in one of the ways in which people and models write it. */
export function spellMoney(cents: number, language: Language, random: SeededRandom): string {
  const whole = Math.floor(cents / 100);
  const rest = String(cents % 100).padStart(2, '0');
  const dotted = String(whole).replace(/(?<=\d)(?=(?:\d{3})+$)/gu, '.');
  const ways = [
    `R$ ${dotted},${rest}`,
    `R$${whole},${rest}`,
    `*R$ ${dotted},${rest}*`,
    `R$ *${whole},${rest}*`,
  ];
  if (rest === '00') ways.push(`R$ ${dotted}`, `R$${whole}`);
  if (language === 'en') ways.push(`R$ ${dotted.replace('.', ',')}.${rest}`);
  if (language === 'pt') {
    ways.push(rest === '00' ? `${whole} reais` : `${whole},${rest} reais`);
    const fraction = rest === '00' ? '' : ` e ${inWords(Number(rest))} centavos`;
    ways.push(`${inWords(whole)} reais${fraction}`);
    if (rest !== '00') ways.push(`${whole} reais e ${Number(rest)} centavos`);
  }
  return random.pick(ways);
}

/** A day in one of the ways in which people write it. */
export function spellDate(
  [year, month, day]: readonly [number, number, number],
  language: Language,
  random: SeededRandom,
): string {
  const name = MONTHS[language].split(' ')[month - 1] ?? '';
  const two = (value: number): string => String(value).padStart(2, '0');
  if (language === 'en') {
    return random.pick([`${name} ${day}, ${year}`, `${name} ${day}`, `${day} ${name} ${year}`]);
  }
  return random.pick([
    `${two(day)}/${two(month)}/${year}`,
    `${two(day)}/${two(month)}`,
    `${day}/${month}/${String(year).slice(2)}`,
    `${day} de ${name}`,
    `${day} de ${name} de ${year}`,
    `dia ${two(day)}.${two(month)}.${year}`,
  ]);
}

/** A number below a million in Portuguese words. */
function inWords(value: number): string {
  if (value < 20) return word(UNITS, value);
  if (value < 100) return joined(word(TENS, value / 10), value % 10);
  if (value === 100) return 'cem';
  if (value < 1_000) return joined(word(HUNDREDS, value / 100), value % 100);
  const head = value < 2_000 ? 'mil' : `${inWords(Math.floor(value / 1_000))} mil`;
  const rest = value % 1_000;
  const isLast = rest < 100 || rest % 100 === 0;
  return isLast ? joined(head, rest) : `${head} ${inWords(rest)}`;
}

function word(words: readonly string[], place: number): string {
  return words[Math.floor(place)] ?? '';
}

function joined(head: string, rest: number): string {
  return rest === 0 ? head : `${head} e ${inWords(rest)}`;
}
