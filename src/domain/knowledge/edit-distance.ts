/**
 * How many letters must be put in, left out, exchanged for others or swapped with their neighbour to
 * make one word of the other; `undefined` where there are more of them than `most`.
 */
export function editDistance(one: string, other: string, most: number): number | undefined {
  if (Math.abs(one.length - other.length) > most) return undefined;
  let [before, row, next]: [number[], number[], number[]] = [[], [], []];
  for (let column = 0; column <= other.length; column += 1) row[column] = column;
  for (let line = 1; line <= one.length; line += 1) {
    const least = fillRow({ one, other, line, before, row }, next);
    if (least > most) return undefined;
    [before, row, next] = [row, next, before];
  }
  const distance = row[other.length] ?? Infinity;
  return distance <= most ? distance : undefined;
}

interface Place {
  readonly one: string;
  readonly other: string;
  /** How many letters of `one` are looked at. */
  readonly line: number;
  /** The rows of one letter less, and of two. */
  readonly row: readonly number[];
  readonly before: readonly number[];
}

/** @returns The least distance in the row. */
function fillRow({ one, other, line, row, before }: Place, next: number[]): number {
  let least = line;
  next[0] = line;
  for (let column = 1; column <= other.length; column += 1) {
    const exchanged = one[line - 1] === other[column - 1] ? 0 : 1;
    const isSwap = one[line - 1] === other[column - 2] && one[line - 2] === other[column - 1];
    let distance = Math.min(at(row, column), at(next, column - 1)) + 1;
    distance = Math.min(distance, at(row, column - 1) + exchanged);
    if (isSwap && line > 1) distance = Math.min(distance, at(before, column - 2) + 1);
    next[column] = distance;
    if (distance < least) least = distance;
  }
  return least;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
