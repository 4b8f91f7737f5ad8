import { type Passage } from './passage.ts';

/** So many multiplications are done without a pause: about 4 ms. */
const SLICE = 4_000_000;

/** A direction in the space of meanings, of length 1; `undefined` for what is none. */
export function normalised(values: ArrayLike<number>): Float32Array | undefined {
  const vector = Float32Array.from(values);
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!Number.isFinite(length) || length === 0) return undefined;
  return vector.map((value) => value / length);
}

/** The words of a passage whose meaning is compared; title and section tell what the text is about. */
export function embeddedText({ title, section, text }: Passage): string {
  return [title, section, text].filter((part) => part !== '').join('\n');
}

/** The vectors of passages in one flat array. */
export class VectorTable {
  readonly #rows = new Map<Passage, number>();
  readonly #capacity: number;
  #flat = new Float32Array();
  #size = 0;

  /** @param capacity - How many passages at most. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** How many passages have a vector here. */
  get count(): number {
    return this.#rows.size;
  }

  /** How many numbers a vector has; 0 before the first. */
  get size(): number {
    return this.#size;
  }

  has(passage: Passage): boolean {
    return this.#rows.has(passage);
  }

  /** The passage's vector, of length 1. */
  vectorOf(passage: Passage): Float32Array | undefined {
    const row = this.#rows.get(passage);
    return row === undefined ? undefined : this.#vectorAt(row);
  }

  /**
   * @param vector - Of length 1.
   * @returns `false` when it has another number of numbers than those here, or there is no room: it is not taken.
   */
  add(passage: Passage, vector: Float32Array): boolean {
    if (this.#rows.size === 0) {
      this.#size = vector.length;
      this.#flat = new Float32Array(this.#capacity * this.#size);
    }
    const row = this.#rows.get(passage) ?? this.#rows.size;
    if (vector.length !== this.#size || row >= this.#capacity) return false;
    this.#flat.set(vector, row * this.#size);
    this.#rows.set(passage, row);
    return true;
  }

  /**
   * Finds the passages whose vectors lie nearest to one, best first; it pauses wherever it yields.
   *
   * @param vector - Of length 1 and as many numbers as those here.
   */
  *nearest(vector: Float32Array, limit: number): Generator<undefined, readonly Passage[]> {
    const scored: (readonly [Passage, number])[] = [];
    const slice = Math.max(1, Math.floor(SLICE / Math.max(1, this.#size)));
    for (const [passage, row] of this.#rows) {
      scored.push([passage, this.#product(row, vector)]);
      if (row % slice === slice - 1) yield undefined;
    }
    scored.sort(([, one], [, other]) => other - one);
    return scored.slice(0, limit).map(([passage]) => passage);
  }

  #vectorAt(row: number): Float32Array {
    return this.#flat.subarray(row * this.#size, (row + 1) * this.#size);
  }

  // The cosine of the angle: both have length 1.
  #product(row: number, vector: Float32Array): number {
    const start = row * this.#size;
    let sum = 0;
    for (let at = 0; at < this.#size; at += 1) {
      sum += (this.#flat[start + at] ?? 0) * (vector[at] ?? 0);
    }
    return sum;
  }
}
