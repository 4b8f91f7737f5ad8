import { type SeededRandom } from '../support/seeded-random.ts';

/** What a count counts. */
export type Unit = 'hours' | 'months' | 'days' | 'people' | 'places' | 'grams';

/** A fact as its maker knows it: cents, minutes of the day, digits; how it is written comes later. */
export type Value =
  | { readonly kind: 'money'; readonly cents: number }
  | { readonly kind: 'plan'; readonly times: number; readonly cents: number }
  | { readonly kind: 'day'; readonly year: number; readonly month: number; readonly day: number }
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'count'; readonly count: number; readonly unit: Unit }
  | { readonly kind: 'open'; readonly from: number; readonly to: number }
  | { readonly kind: 'percent'; readonly percent: number }
  | { readonly kind: 'exact'; readonly text: string }
  | { readonly kind: 'phone'; readonly digits: string };

export type Kind = Value['kind'];

type Of<K extends Kind> = Extract<Value, { readonly kind: K }>;
type Alterations = { readonly [K in Kind]: (value: Of<K>, random: SeededRandom) => Value };

const ALTERATIONS: Alterations = {
  money: ({ cents }, random) => ({ kind: 'money', cents: otherCents(cents, random) }),
  plan: (value, random) =>
    random.next() < 0.3
      ? { ...value, times: value.times + random.pick([1, 2, 3, 5, 6]) }
      : { ...value, cents: otherCents(value.cents, random) },
  day: (value, random) =>
    random.next() < 0.3
      ? { ...value, month: 1 + (value.month % 12) }
      : { ...value, day: 1 + ((value.day + random.pick([2, 3, 5, 7, 10])) % 28) },
  minutes: ({ minutes }, random) => ({
    kind: 'minutes',
    minutes: minutes + random.pick([15, 30, 45, 60, 90]),
  }),
  count: (value, random) => ({ ...value, count: otherCount(value, random) }),
  open: (value, random) =>
    random.next() < 0.5
      ? { ...value, from: value.from - random.pick([30, 60, 120]) }
      : { ...value, to: value.to + random.pick([30, 60, 120]) },
  percent: ({ percent }, random) => ({
    kind: 'percent',
    percent: percent + random.pick([2, 3, 5, 10, 15]),
  }),
  exact: ({ text }, random) => ({ kind: 'exact', text: otherText(text, random) }),
  phone: ({ digits }, random) => {
    const place = 4 + random.below(digits.length - 4);
    return { kind: 'phone', digits: withOtherDigit(digits, place) };
  },
};

/** Another value of the same kind, near enough to be taken for it. */
export function altered<K extends Kind>(value: Of<K>, random: SeededRandom): Value {
  const alter: (value: Of<K>, random: SeededRandom) => Value = ALTERATIONS[value.kind];
  return alter(value, random);
}

/** Whether two values say the same. */
export function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function otherCents(cents: number, random: SeededRandom): number {
  if (cents % 100 !== 0) return cents + random.pick([100, 200, 1_000, 7, -10, 50]);
  return Math.abs(cents + random.pick([1_000, 2_000, 500, 10_000, -500])) || cents + 700;
}

function otherCount({ count, unit }: Of<'count'>, random: SeededRandom): number {
  if (unit === 'grams') return count + random.pick([250, 500, 1_500]);
  return count + random.pick([1, 2, 3, 5, 10]);
}

/** The same address with one letter or digit changed, which the eye passes over. */
function otherText(text: string, random: SeededRandom): string {
  const places = [...text.matchAll(/[a-z0-9]/giu)].map(({ index }) => index).slice(9);
  const place = random.pick(places);
  return withOtherDigit(text, place);
}

function withOtherDigit(text: string, place: number): string {
  const sign = text.charAt(place);
  const other = /\d/u.test(sign) ? String((Number(sign) + 3) % 10) : sign === 'o' ? 'a' : 'o';
  return `${text.slice(0, place)}${other}${text.slice(place + 1)}`;
}
