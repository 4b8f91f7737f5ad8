import { type Language } from './phrasebook.ts';

const UNITS =
  'zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove'.split(
    ' ',
  );
const TENS = '- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa'.split(' ');
const HUNDREDS =
  '- cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos'.split(
    ' ',
  );
const MONTHS: Readonly<Record<Language, string>> = {
  pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  en: 'January February March April May June July August September October November December',
};
const WEEKDAYS = 'domingo segunda terça quarta quinta sexta sábado'.split(' ');

export function monthName(month: number, language: Language): string {
  return MONTHS[language].split(' ')[month - 1] ?? '';
}

/** The Portuguese name of a date's day of the week, short. */
export function weekdayOf(year: number, month: number, day: number): string {
  return WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? '';
}

export function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Thousands set off by a sign. */
export function grouped(whole: number, sign: string): string {
  return String(whole).replace(/(?<=\d)(?=(?:\d{3})+$)/gu, sign);
}

/** A number below a million in Portuguese words. */
export function inWords(value: number): string {
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
