import {
  type InstanceState,
  type InstanceStore,
} from '../../../application/ports/outbound/instance-store.ts';
import { WEBHOOK_WITHIN_MS } from '../../../application/ports/outbound/store.ts';
import { type Jid } from '../../../domain/contact.ts';
import { asInstanceState } from '../sql/instance-row.ts';
import { type PostgresContext } from './postgres-context.ts';

/** The gateway's connection as one row. */
export class PostgresInstanceStore implements InstanceStore {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  async state(): Promise<InstanceState> {
    const { db, settings } = this.#context;
    const row = await db.read((session) =>
      session.get('SELECT connected, pause_reason FROM instance WHERE id = $1', settings.instance),
    );
    return asInstanceState(row);
  }

  setConnected(connected: boolean, ownJid?: Jid): Promise<boolean> {
    const { db, settings } = this.#context;
    return db.write(async (tx) => {
      if (ownJid !== undefined) {
        await tx.run('UPDATE instance SET own_jid = $1 WHERE id = $2', ownJid, settings.instance);
      }
      const changes = await tx.run(
        `UPDATE instance SET connected = $1, changed_at = $2
         WHERE id = $3 AND connected IS DISTINCT FROM $1`,
        connected ? 1 : 0,
        await tx.now(),
        settings.instance,
      );
      return changes === 1;
    }, WEBHOOK_WITHIN_MS);
  }
}
