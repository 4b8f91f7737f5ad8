/** A number written out, and where it stands in the folded text. */
export interface SpelledNumber {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

// Portuguese, Spanish, English. Not `dos`, `doce`, `once`: they are other words in another of the three.
const VALUES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...valued(0, 'zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze'),
    ...valued(15, 'quinze dezesseis dezessete dezoito dezenove vinte'),
    ...valued(1, 'uno - - cuatro - - siete ocho nueve diez - - trece catorce quince dieciseis'),
    ...valued(17, 'diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres'),
    ...valued(24, 'veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve'),
    ...valued(1, 'one two three four five six seven eight nine ten eleven twelve thirteen'),
    ...valued(14, 'fourteen fifteen sixteen seventeen eighteen nineteen twenty'),
    ...valued(30, 'trinta quarenta cinquenta sessenta setenta oitenta noventa cem', 10),
    ...valued(30, 'treinta cuarenta cincuenta sesenta setenta ochenta noventa cien', 10),
    ...valued(30, 'thirty forty fifty sixty seventy eighty ninety', 10),
    ...valued(100, 'cento duzentos trezentos quatrocentos quinhentos seiscentos', 100),
    ...valued(700, 'setecentos oitocentos novecentos', 100),
    ...valued(200, 'duzentas trezentas quatrocentas quinhentas seiscentas setecentas', 100),
    ...valued(100, 'ciento doscientos trescientos cuatrocientos quinientos seiscientos', 100),
    ...valued(700, 'setecientos ochocientos novecientos', 100),
    uma: 1,
    duas: 2,
    una: 1,
    catorze: 14,
  }),
);

const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['mil', 1_000],
  ['thousand', 1_000],
  ['milhao', 1_000_000],
  ['milhoes', 1_000_000],
  ['million', 1_000_000],
]);

const JOINTS = /^(?:\s+(?:e|y|and)\s+|\s+|-)$/u;

interface Word {
  readonly value: number;
  readonly isMultiplier: boolean;
  readonly start: number;
  readonly end: number;
}

/** The numbers that are written out in words. */
export function spelledNumbers(folded: string): readonly SpelledNumber[] {
  const numbers: SpelledNumber[] = [];
  let open: NumberInWords | undefined;
  for (const word of numberWords(folded)) {
    if (open !== undefined && isNext(folded, open, word) && open.takes(word)) continue;
    if (open !== undefined) numbers.push(open);
    open = new NumberInWords(word);
  }
  if (open !== undefined) numbers.push(open);
  return numbers;
}

function isNext(folded: string, { end }: SpelledNumber, { start }: Word): boolean {
  return start - end <= 5 && JOINTS.test(folded.slice(end, start));
}

class NumberInWords implements SpelledNumber {
  readonly start: number;
  end: number;
  #total = 0;
  #group: number;
  /** `mil e quinhentos e mil` are two numbers. */
  #lastMultiplier = Infinity;
  /** What comes next must be below this: `vinte e um`, but not `um e vinte`. */
  #below: number;

  constructor(word: Word) {
    this.start = word.start;
    this.end = word.end;
    this.#group = word.value;
    this.#below = word.isMultiplier ? word.value : roomAfter(word.value);
    if (word.isMultiplier && word.value >= 1_000) this.#closeGroup(word.value, 1);
  }

  get value(): number {
    return this.#total + this.#group;
  }

  takes(word: Word): boolean {
    if (word.isMultiplier) return this.#multiply(word);
    if (word.value >= this.#below || word.value === 0) return false;
    this.#group += word.value;
    this.#below = roomAfter(word.value);
    this.end = word.end;
    return true;
  }

  #multiply({ value, end }: Word): boolean {
    if (this.#group === 0 || this.#group >= value || value >= this.#lastMultiplier) return false;
    if (value === 100) {
      this.#group *= 100;
      this.#below = 100;
    } else this.#closeGroup(value, this.#group);
    this.end = end;
    return true;
  }

  #closeGroup(multiplier: number, times: number): void {
    this.#total += multiplier * times;
    this.#lastMultiplier = multiplier;
    this.#group = 0;
    this.#below = multiplier;
  }
}

/** Behind hundreds stand tens and units, behind tens units, behind the rest nothing. */
function roomAfter(value: number): number {
  if (value >= 100) return 100;
  return value >= 20 && value % 10 === 0 ? 10 : 0;
}

function* numberWords(folded: string): Generator<Word> {
  for (const match of folded.matchAll(/[a-z]{2,12}(?![a-z])/gu)) {
    const [word] = match;
    const multiplier = MULTIPLIERS.get(word);
    const value = multiplier ?? VALUES.get(word);
    if (value === undefined || isLetter(folded.charAt(match.index - 1))) continue;
    const span = { start: match.index, end: match.index + word.length };
    yield { value, isMultiplier: multiplier !== undefined, ...span };
  }
}

function isLetter(char: string): boolean {
  return /[a-z0-9]/u.test(char);
}

function valued(first: number, words: string, step = 1): Record<string, number> {
  const entries = words.split(' ').map((word, index) => [word, first + index * step] as const);
  return Object.fromEntries(entries.filter(([word]) => word !== '-'));
}
