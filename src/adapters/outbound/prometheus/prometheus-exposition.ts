import { Registry } from 'prom-client';

import {
  type Exposition,
  type MetricsPage,
  type SharedFigures,
} from '../../../application/ports/outbound/exposition.ts';
import {
  type MetricSnapshot,
  type MetricSnapshots,
  type SnapshotId,
} from '../../../application/ports/outbound/metric-snapshots.ts';
import { type Figures, known, lasting, merged, parsed, since } from './figures.ts';
import { sharedRegistry } from './shared-registry.ts';

/** A process that has written within this time runs, ms; it writes every 5 s. */
const LIVE_MS = 30_000;

/** A process silent for so long is taken for gone, ms, and its figures are folded into a sum. */
const GONE_MS = 600_000;

interface Kept {
  readonly id: SnapshotId;
  /** All that this process had measured then, as text: a registry's own values go on changing. */
  readonly figures: string;
}

/**
 * Puts the registries of all processes together, by way of the store.
 *
 * No count is ever shown that is not kept already, and the counts of processes that are gone stay:
 * so no end of a process makes a count smaller. A process that was taken for gone and comes back
 * counts from there on as a new one.
 */
export class PrometheusExposition implements Exposition {
  readonly #registry: Registry;
  readonly #snapshots: MetricSnapshots;
  #kept: Kept | undefined;
  /** What of this process's figures stands in a sum. */
  #folded: Figures = [];
  #keeping: Promise<void> = Promise.resolve();

  /** @param registry - What this process measures. */
  constructor(registry: Registry, snapshots: MetricSnapshots) {
    this.#registry = registry;
    this.#snapshots = snapshots;
  }

  /** One after the other: an older state must not be written over a newer one. */
  keep(): Promise<void> {
    const next = (): Promise<void> => this.#keep();
    this.#keeping = this.#keeping.then(next, next);
    return this.#keeping;
  }

  async show(shared: SharedFigures): Promise<MetricsPage> {
    await this.keep();
    const all = await this.#snapshots.all();
    await this.#fold(all);
    const live = all.filter(isLive);
    const names = new Set(this.#registry.getMetricsAsArray().map(({ name }) => name));
    const figures = all.map((snapshot) => {
      const read = known(parsed(snapshot.figures), names);
      return isLive(snapshot) ? read : lasting(read);
    });
    const pages = [merged(figures), sharedRegistry(shared, live.length)];
    const texts = await Promise.all(pages.map((page) => page.metrics()));
    return { contentType: Registry.PROMETHEUS_CONTENT_TYPE, text: texts.join('\n') };
  }

  async #keep(): Promise<void> {
    const figures = JSON.stringify(await this.#registry.getMetricsAsJSON());
    if (this.#kept !== undefined) {
      const { id, figures: former } = this.#kept;
      if (await this.#snapshots.replace(id, await this.#unfolded(figures))) {
        this.#kept = { id, figures };
        return;
      }
      this.#folded = parsed(former);
      this.#kept = undefined;
    }
    const id = await this.#snapshots.add(await this.#unfolded(figures));
    this.#kept = { id, figures };
    await this.#fold(await this.#snapshots.all());
  }

  /** The part of the figures that stands in no sum. */
  async #unfolded(figures: string): Promise<string> {
    if (this.#folded.length === 0) return figures;
    return JSON.stringify(await since(this.#folded, parsed(figures)));
  }

  /** Keeps the number of snapshots small, however often processes are started. */
  async #fold(all: readonly MetricSnapshot[]): Promise<void> {
    const gone = all.filter(({ ageMs }) => ageMs > GONE_MS);
    if (gone.length < 2) return;
    const sum = merged(gone.map(({ figures }) => lasting(parsed(figures))));
    await this.#snapshots.fold(gone, JSON.stringify(await sum.getMetricsAsJSON()));
  }
}

function isLive({ ageMs }: MetricSnapshot): boolean {
  return ageMs <= LIVE_MS;
}
