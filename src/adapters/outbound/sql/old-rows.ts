/** A step takes no further row after so many bytes. */
const STEP_BYTES = 1_000_000;

/** So many rows are looked at in one step: a few ms with all of them erased. */
export const STEP_ROWS = 200;

/** A row that may be old enough to be erased. */
export interface OldRow {
  readonly id: number;
  readonly at: number;
  readonly bytes: number;
}

/** The rows of one step. */
export interface StepRows {
  readonly lastId: number;
  /** Whether nothing behind these rows is old enough. */
  readonly isEnd: boolean;
}

/**
 * As many of the rows as one step may take.
 *
 * @param seen - The next rows by id, {@link STEP_ROWS} at most.
 * @param oldAt - Rows made after this instant are too young.
 * @returns `undefined` when none is old enough.
 */
export function stepRows(seen: readonly OldRow[], oldAt: number): StepRows | undefined {
  const rows = withinBytes(seen);
  const last = rows.at(-1);
  if (last === undefined || rows.every(({ at }) => at > oldAt)) return undefined;
  const isAll = rows.length === seen.length && seen.length < STEP_ROWS;
  return { lastId: last.id, isEnd: isAll || last.at > oldAt };
}

/** At least one, however much it weighs. */
function withinBytes(rows: readonly OldRow[]): readonly OldRow[] {
  let bytes = 0;
  const tooMany = rows.findIndex((row, index) => {
    bytes += row.bytes;
    return bytes > STEP_BYTES && index > 0;
  });
  return tooMany === -1 ? rows : rows.slice(0, tooMany);
}
