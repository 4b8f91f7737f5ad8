import { describe, expect, it } from '@jest/globals';
import {
  type MetricsPage,
  type SharedFigures,
} from '../../../../src/application/ports/outbound/exposition.ts';
import { ReportMetricsUseCase } from '../../../../src/application/use-cases/report-metrics.ts';
import { type Jid } from '../../../../src/domain/contact.ts';
import { anArrivalBatch } from '../../../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../../../builders/an-incoming-message.ts';
import { anInMemoryStore } from '../../../doubles/in-memory-store.ts';
import { ManualStoreClock } from '../../../doubles/manual-store-clock.ts';
import { ScriptedUseCase } from '../../../doubles/scripted-use-case.ts';

const PAGE: MetricsPage = { contentType: 'text/plain', text: 'up 1\n' };

describe('ReportMetrics', () => {
  it('shows what all processes share as the store has it', async () => {
    const clock = new ManualStoreClock();
    const store = anInMemoryStore({ clock });
    const show = new ScriptedUseCase<[SharedFigures], Promise<MetricsPage>>(() =>
      Promise.resolve(PAGE),
    );
    const { inbox, outbox, deadLetters, instances } = store;
    const exposition = { show: (shared: SharedFigures) => show.execute(shared) };
    await inbox.add(anArrivalBatch(anIncomingMessage()));
    clock.advance(3_000);
    await outbox.enqueue({
      identity: { phone: '5583977776666@s.whatsapp.net' as Jid },
      parts: ['a', 'b'],
    });
    await instances.setConnected(false);

    const page = await new ReportMetricsUseCase({
      inbox,
      outbox,
      deadLetters,
      instances,
      exposition,
    }).execute();

    expect(page).toEqual(PAGE);
    expect(await outbox.figures()).toMatchObject({ replies: { pending: 2 } });
    expect(show.calls).toEqual([
      [
        {
          inboxDepth: 1,
          inboxOldestMs: 3_000,
          outbox: await outbox.figures(),
          deadLetters: { failedTurns: 0, failedReplies: 0, heldReplies: 0 },
          connected: false,
          sendingPaused: false,
        },
      ],
    ]);
  });
});
