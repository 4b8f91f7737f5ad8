import { AggregatorRegistry, type Registry } from 'prom-client';

/** What a registry holds at one moment, as plain values. */
export type Figures = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** One registry out of several; counts and histograms are added up, gauges as each of them says. */
export function merged(figures: readonly Figures[]): Registry {
  return AggregatorRegistry.aggregate([...figures]);
}

/** What only grows, and so still counts when its process is gone; a gauge of such a one says nothing. */
export function lasting(figures: Figures): Figures {
  return figures.filter(isLasting);
}

/** The figures without what was counted before. */
export async function since(before: Figures, figures: Figures): Promise<Figures> {
  const negated = lasting(before).map((metric) => ({
    ...metric,
    values: metric.values.map((one) => ({ ...one, value: -one.value })),
  }));
  return merged([figures, negated]).getMetricsAsJSON();
}

/** What `JSON.stringify` made of figures; nothing where that cannot be read. */
export function parsed(text: string): Figures {
  try {
    const figures: unknown = JSON.parse(text);
    return Array.isArray(figures) ? (figures as Figures) : [];
  } catch {
    return [];
  }
}

/** By name: another version of the service may have written the rest. */
export function known(figures: Figures, names: ReadonlySet<string>): Figures {
  return figures.filter(({ name }) => names.has(name));
}

function isLasting({ type }: Figures[number]): boolean {
  // Declared as a number, written as a word.
  return ['counter', 'histogram'].includes(String(type));
}
