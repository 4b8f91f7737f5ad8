/** What can be wrong in a reply in a way that costs the shop money. */
export type FactKind =
  | 'money'
  | 'instalment'
  | 'percent'
  | 'date'
  | 'month'
  | 'weekday'
  | 'time'
  | 'quantity'
  | 'number'
  | 'digits'
  | 'email'
  | 'link'
  | 'pix_key'
  | 'pix_code'
  | 'code';

/** One fact of a text, in a form in which two ways of writing it are equal. */
export interface Fact {
  readonly kind: FactKind;
  /**
   * money: currency and cents; instalment: `12x4142`; date: `MM-DD`; month: `MM`; weekday: 0 (Sunday) to 6;
   * time, which also stands for hours that something takes: minutes; digits: the digits alone.
   */
  readonly value: string;
  /** The unit of a quantity, in its one form; `bare` for money without a sign of it,
   * `relative` for `amanhã`, `day` for a day without its month, `clock` and `span` for a
   * time that is one of the day or how long something takes. */
  readonly unit?: string;
  /** The year of a date or month, where it is named. */
  readonly year?: number;
  /** False where the text contradicts itself: a Pix code whose checksum is wrong. */
  readonly valid?: false;
  /** As it stands in the text. */
  readonly text: string;
  /** Offsets in the folded text. */
  readonly start: number;
  readonly end: number;
}

/** The day on which a text is read, as its readers' calendar has it. */
export interface Today {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** How much of the text a pattern took, UTF-16 units. */
export function lengthOf(match: RegExpExecArray | null): number {
  return match === null ? 0 : match[0].length;
}

const TAKEN = '\0';

/** A text under examination: which of its characters already belong to a fact. */
export class FactText {
  readonly facts: Fact[] = [];
  /** Composed, with the letters' case. */
  readonly text: string;
  /** The same, folded; each character in the same place. */
  readonly folded: string;
  readonly #taken: Uint8Array;

  constructor(text: string, folded: string) {
    this.text = text;
    this.folded = folded;
    this.#taken = new Uint8Array(text.length);
  }

  /** Whether a character of the stretch belongs to a fact. */
  isTaken(start: number, end: number): boolean {
    return this.#taken.subarray(start, end).includes(1);
  }

  /** Lets no later finder read this stretch. */
  take(start: number, end: number): void {
    this.#taken.fill(1, start, end);
  }

  /** The folded text with a blank that no pattern matches for each character that belongs to a fact. */
  untaken(): string {
    let [text, from] = ['', 0];
    for (let at = this.#taken.indexOf(1); at !== -1; at = this.#taken.indexOf(1, from)) {
      const found = this.#taken.indexOf(0, at);
      const end = found === -1 ? this.folded.length : found;
      text += `${this.folded.slice(from, at)}${TAKEN.repeat(end - at)}`;
      from = end;
    }
    return text + this.folded.slice(from);
  }

  add(fact: Omit<Fact, 'text'>): void {
    this.facts.push({ ...fact, text: this.text.slice(fact.start, fact.end) });
    this.take(fact.start, fact.end);
  }
}
