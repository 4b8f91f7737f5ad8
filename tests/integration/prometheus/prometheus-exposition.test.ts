import { beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';

import { PrometheusExposition } from '../../../src/adapters/outbound/prometheus/prometheus-exposition.ts';
import { PrometheusMeter } from '../../../src/adapters/outbound/prometheus/prometheus-meter.ts';
import { type SharedFigures } from '../../../src/application/ports/outbound/exposition.ts';
import { anInMemoryStore } from '../../doubles/in-memory-store.ts';
import { type InMemoryMetricSnapshots } from '../../doubles/in-memory-metric-snapshots.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';
import { type ReadPage, readExposition } from '../../support/exposition-text.ts';

const SHARED: SharedFigures = {
  inboxDepth: 3,
  outbox: {
    replies: { pending: 2, sending: 1, unknown: 0, held: 4 },
    oldestOpenMs: 1_500,
    settled: { response: 9, echo: 3, resent: 1, held: 4, failed: 0 },
    duplicates: 1,
    echoDelays: { medianMs: 400, p99Ms: 5_000 },
    echoWindowMs: 15_000,
  },
  deadLetters: { failedTurns: 5, failedReplies: 6, heldReplies: 4 },
  sendingPaused: false,
};
const ACCEPTED = 'whatsapp_agent_messages_accepted_total';

let clock: ManualStoreClock;
let snapshots: InMemoryMetricSnapshots;

/** One process: what it measures, and what it shows. */
class Process {
  readonly meter: PrometheusMeter;
  readonly exposition: PrometheusExposition;

  constructor() {
    const registry = new Registry();
    this.meter = new PrometheusMeter(registry);
    this.exposition = new PrometheusExposition(registry, snapshots);
  }

  accept(messages: number): void {
    for (let message = 0; message < messages; message += 1) this.meter.messageAccepted();
  }

  async page(shared: SharedFigures = SHARED): Promise<ReadPage> {
    const { text } = await this.exposition.show(shared);
    return readExposition(text);
  }

  async accepted(): Promise<number | undefined> {
    return (await this.page()).values.get(ACCEPTED);
  }
}

beforeEach(() => {
  clock = new ManualStoreClock();
  ({ snapshots } = anInMemoryStore({ clock }));
});

describe('PrometheusExposition', () => {
  it('shows every kind of figure in the format of Prometheus', async () => {
    const { meter, exposition } = new Process();
    meter.messageAccepted();
    meter.messageIgnored('duplicate');
    meter.messagesRefused('disk');
    meter.turnEnded('answered', 1_500);
    meter.leasesTakenOver(2);
    meter.modelAnswered({ tokensIn: 120, tokensCached: 64, tokensOut: 8 }, 900);
    meter.modelFailed('refused', { tokensIn: 1, tokensCached: 0, tokensOut: 0 }, 100);
    meter.sendEnded('unknown', 10_000);
    meter.knowledgeServed('0000000000ff');
    meter.eventLoopDelayed(20);

    const { contentType, text } = await exposition.show({ ...SHARED, connected: true });

    expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    const { values } = readExposition(text);
    expect(Object.fromEntries(values)).toMatchObject({
      whatsapp_agent_messages_accepted_total: 1,
      'whatsapp_agent_messages_ignored_total{reason="duplicate"}': 1,
      'whatsapp_agent_webhooks_refused_total{shortage="disk"}': 1,
      'whatsapp_agent_turn_duration_seconds_bucket{le="1",outcome="answered"}': 0,
      'whatsapp_agent_turn_duration_seconds_bucket{le="2.5",outcome="answered"}': 1,
      'whatsapp_agent_turn_duration_seconds_bucket{le="+Inf",outcome="answered"}': 1,
      'whatsapp_agent_turn_duration_seconds_sum{outcome="answered"}': 1.5,
      whatsapp_agent_lease_takeovers_total: 2,
      whatsapp_agent_model_duration_seconds_sum: 1,
      whatsapp_agent_model_duration_seconds_count: 2,
      'whatsapp_agent_model_errors_total{kind="refused"}': 1,
      'whatsapp_agent_model_tokens_total{kind="in"}': 121,
      'whatsapp_agent_model_tokens_total{kind="cached"}': 64,
      'whatsapp_agent_model_tokens_total{kind="out"}': 8,
      'whatsapp_agent_send_duration_seconds_count{outcome="unknown"}': 1,
      whatsapp_agent_knowledge_version_lowest: 255,
      whatsapp_agent_knowledge_version_highest: 255,
      'whatsapp_agent_event_loop_delay_seconds_bucket{le="0.015"}': 0,
      'whatsapp_agent_event_loop_delay_seconds_bucket{le="0.05"}': 1,
      whatsapp_agent_processes: 1,
      whatsapp_agent_inbox_depth: 3,
      whatsapp_agent_inbox_oldest_seconds: 0,
      'whatsapp_agent_outbox_depth{state="pending"}': 2,
      'whatsapp_agent_outbox_depth{state="held"}': 4,
      'whatsapp_agent_dead_letters{kind="turn",state="failed"}': 5,
      'whatsapp_agent_dead_letters{kind="reply",state="failed"}': 6,
      'whatsapp_agent_dead_letters{kind="reply",state="held"}': 4,
      whatsapp_agent_outbox_oldest_seconds: 1.5,
      'whatsapp_agent_sends_settled_total{by="echo"}': 3,
      whatsapp_agent_reply_copies_total: 1,
      'whatsapp_agent_echo_delay_seconds{quantile="0.5"}': 0.4,
      'whatsapp_agent_echo_delay_seconds{quantile="0.99"}': 5,
      whatsapp_agent_echo_window_seconds: 15,
      whatsapp_agent_gateway_connected: 1,
      whatsapp_agent_sending_paused: 0,
    });
  });

  it('says nothing of a gateway that was not heard of, or too little', async () => {
    const { values } = await new Process().page();

    expect(values.has('whatsapp_agent_gateway_connected')).toBe(false);
    expect(values.has('whatsapp_agent_echo_coverage_ratio')).toBe(false);
  });

  it('adds up what two processes have counted, whichever of them answers', async () => {
    const [one, other] = [new Process(), new Process()];
    one.accept(3);
    one.meter.turnEnded('answered', 100);
    other.accept(4);
    other.meter.turnEnded('answered', 200);
    await one.exposition.keep();
    await other.exposition.keep();

    const pages = [await one.page(), await other.page()];

    const count = 'whatsapp_agent_turn_duration_seconds_count{outcome="answered"}';
    expect(pages.map(({ values }) => values.get(ACCEPTED))).toEqual([7, 7]);
    expect(pages.map(({ values }) => values.get(count))).toEqual([2, 2]);
  });

  it('shows what all processes share once', async () => {
    const [one, other] = [new Process(), new Process()];
    await other.exposition.keep();

    const { values } = await one.page();

    expect(values.get('whatsapp_agent_inbox_depth')).toBe(3);
    expect(values.get('whatsapp_agent_processes')).toBe(2);
  });

  it('tells when processes serve different knowledge', async () => {
    const [one, other] = [new Process(), new Process()];
    one.meter.knowledgeServed('00000000000a');
    other.meter.knowledgeServed('00000000000b');
    await other.exposition.keep();

    const { values } = await one.page();

    expect(values.get('whatsapp_agent_knowledge_version_lowest')).toBe(10);
    expect(values.get('whatsapp_agent_knowledge_version_highest')).toBe(11);
  });

  it('keeps what it shows: a process that is killed right afterwards takes nothing away', async () => {
    const killed = new Process();
    killed.accept(5);
    const before = await killed.accepted();

    expect(before).toBe(5);
    expect(await new Process().accepted()).toBe(5);
  });

  it('lets no count fall over many restarts, and keeps few snapshots', async () => {
    const shown: (number | undefined)[] = [];
    for (let restart = 0; restart < 20; restart += 1) {
      const started = new Process();
      started.accept(2);
      shown.push(await started.accepted());
      clock.advance(600_001);
    }

    expect(shown).toEqual(Array.from({ length: 20 }, (_, restart) => 2 * (restart + 1)));
    expect((await snapshots.all()).length).toBeLessThanOrEqual(2);
  });

  it('keeps few snapshots where nobody ever asks for the figures', async () => {
    for (let restart = 0; restart < 5; restart += 1) {
      await new Process().exposition.keep();
      clock.advance(600_001);
    }

    expect((await snapshots.all()).length).toBeLessThanOrEqual(2);
  });

  it('does not show the gauges of a process that is gone', async () => {
    const gone = new Process();
    gone.meter.knowledgeServed('00000000000a');
    await gone.exposition.keep();
    clock.advance(30_001);
    const running = new Process();
    running.meter.knowledgeServed('00000000000b');

    const { values } = await running.page();

    expect(values.get('whatsapp_agent_knowledge_version_lowest')).toBe(11);
    expect(values.get('whatsapp_agent_processes')).toBe(1);
  });

  it('counts nothing twice of a process that stood still so long that it was taken for gone', async () => {
    const ended = new Process();
    await ended.exposition.keep();
    const stopped = new Process();
    stopped.accept(3);
    stopped.meter.turnEnded('answered', 100);
    await stopped.exposition.keep();
    clock.advance(600_001);
    const running = new Process();
    const meanwhile = await running.accepted();

    stopped.accept(2);
    stopped.meter.turnEnded('answered', 100);
    await stopped.exposition.keep();
    stopped.accept(1);
    const { values } = await stopped.page();

    expect(meanwhile).toBe(3);
    expect(values.get(ACCEPTED)).toBe(6);
    expect(values.get('whatsapp_agent_turn_duration_seconds_count{outcome="answered"}')).toBe(2);
    expect(await running.accepted()).toBe(6);
  });

  it('writes no older state over a newer one when it is asked twice at once', async () => {
    const { meter, exposition } = new Process();
    const first = exposition.keep();
    meter.messageAccepted();
    await Promise.all([first, exposition.keep()]);

    const [kept] = await snapshots.all();

    expect(kept?.figures).toContain('"value":1');
  });

  it('keeps again after the store could not be had', async () => {
    const process = new Process();
    process.accept(1);
    const add = snapshots.add.bind(snapshots);
    snapshots.add = () => Promise.reject(new Error('busy'));
    const failed = process.exposition.keep();
    await expect(failed).rejects.toThrow('busy');
    snapshots.add = add;

    expect(await process.accepted()).toBe(1);
  });

  it('passes over what another version of the service has left, and what nobody can read', async () => {
    await snapshots.add('{');
    await snapshots.add('{"name":"old"}');
    await snapshots.add(
      JSON.stringify([
        { name: 'old_total', help: 'x', type: 'counter', aggregator: 'sum', values: [] },
      ]),
    );

    const { types } = await new Process().page();

    expect(types.has('old_total')).toBe(false);
  });
});
