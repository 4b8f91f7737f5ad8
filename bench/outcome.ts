/** What a figure has to reach. */
type Bar = { readonly atLeast: number } | { readonly atMost: number };

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: Bar;
}

/** What one measurement brought. */
export interface Outcome {
  readonly measurement: string;
  readonly figures: readonly Figure[];
  /** How it was measured, as far as the figures depend on it. */
  readonly notes: readonly string[];
}

/** The figures that missed their bars, in words. */
export function missedBars(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap(({ measurement, figures }) =>
    figures
      .filter((figure) => !holds(figure))
      .map(
        ({ name, value, unit, bar }) =>
          `${measurement}: ${name} is ${value} ${unit}, ${barAsText(bar)} was asked for`,
      ),
  );
}

/** A table for people. */
export function asTable(outcomes: readonly Outcome[]): string {
  return outcomes.map(section).join('\n');
}

function section({ measurement, figures, notes }: Outcome): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  const lines = figures.map((figure) => {
    const { name, value, unit, bar } = figure;
    const verdict =
      bar === undefined ? '' : `${barAsText(bar)}: ${holds(figure) ? 'holds' : 'MISSED'}`;
    const amount = `${String(value).padStart(9)} ${unit}`;
    return `  ${name.padEnd(width)}  ${amount.padEnd(24)}  ${verdict}`.trimEnd();
  });
  return [measurement, ...lines, ...notes.map((note) => `  (${note})`), ''].join('\n');
}

function holds({ value, bar }: Figure): boolean {
  if (bar === undefined) return true;
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}

function barAsText(bar: Bar | undefined): string {
  if (bar === undefined) return '';
  return 'atLeast' in bar ? `at least ${bar.atLeast}` : `at most ${bar.atMost}`;
}
