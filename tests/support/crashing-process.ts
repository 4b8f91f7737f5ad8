/**
 * The service, wired as in production over a store in which the process dies at CRASH_AT, or stands
 * still at STOP_AT; started by tests, and nowhere else. Its store clock runs CLOCK_SPEED times as fast,
 * ten times by default, so that windows pass soon.
 */
import { type Jid } from '../../src/domain/contact.ts';
import { loadConfig } from '../../src/infrastructure/config.ts';
import { TOKENS } from '../../src/infrastructure/container/tokens.ts';
import { HttpServer } from '../../src/infrastructure/http-server.ts';
import { wire } from '../../src/infrastructure/service.ts';
import { anArrivalBatch } from '../builders/an-arrival-batch.ts';
import { anIncomingMessage } from '../builders/an-incoming-message.ts';
import { dieAtCommit, dyingStore, watchCommits } from './crash-point.ts';
import { openFastStore } from './fast-store.ts';
import { stoppingStore } from './stop-point.ts';

const SPEED = Number(process.env['CLOCK_SPEED'] ?? 10);
const AT_ONCE = 5;

const point = process.env['CRASH_AT'];
const config = loadConfig(process.env);

watchCommits();
if (point === 'inside_migration') dieAtCommit();
const store = await openFastStore(config, {
  base: Number(process.env['CLOCK_BASE']),
  speed: SPEED,
});
const steppingStore = stoppingStore(dyingStore(store, point), process.env['STOP_AT']);
const wiring = wire(config, steppingStore, '0.0.0');
await wiring.get(TOKENS.reloadKnowledge).execute('start');
const server = await HttpServer.listen(wiring.get(TOKENS.httpApp), '127.0.0.1', 0);
wiring.get(TOKENS.turnWorker).start();
wiring.get(TOKENS.deliveryWorker).start();
process.send?.(server.port);

/** Asked to: some messages come in within one turn of the event loop. */
process.on('message', () => {
  dieAtCommit();
  for (let number = 0; number < AT_ONCE; number += 1) {
    const identity = { phone: `558398888000${number}@s.whatsapp.net` as Jid };
    void store.inbox.add(anArrivalBatch(anIncomingMessage({ id: `M${number}`, identity })));
  }
});
