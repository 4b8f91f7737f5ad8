import {
  type InstanceState,
  type InstanceStore,
} from '../../../application/ports/outbound/instance-store.ts';
import { WEBHOOK_WITHIN_MS } from '../../../application/ports/outbound/store.ts';
import { type Jid } from '../../../domain/contact.ts';
import { asInstanceState } from '../sql/instance-row.ts';
import { type SqliteContext } from './sqlite-context.ts';

/** The gateway's connection as one row. */
export class SqliteInstanceStore implements InstanceStore {
  readonly #context: SqliteContext;

  constructor(context: SqliteContext) {
    this.#context = context;
  }

  async state(): Promise<InstanceState> {
    const { db, settings } = this.#context;
    const row = await db.read(() =>
      db.get('SELECT connected, pause_reason FROM instance WHERE id = ?', settings.instance),
    );
    return asInstanceState(row);
  }

  setConnected(connected: boolean, ownJid?: Jid): Promise<boolean> {
    const { db, clock, settings } = this.#context;
    return db.write(() => {
      if (ownJid !== undefined) {
        db.run('UPDATE instance SET own_jid = ? WHERE id = ?', ownJid, settings.instance);
      }
      const value = connected ? 1 : 0;
      const { changes } = db.run(
        'UPDATE instance SET connected = ?, changed_at = ? WHERE id = ? AND connected IS NOT ?',
        value,
        clock.now(),
        settings.instance,
        value,
      );
      return changes === 1;
    }, WEBHOOK_WITHIN_MS);
  }
}
