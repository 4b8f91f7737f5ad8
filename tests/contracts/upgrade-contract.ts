import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Store } from '../../src/application/ports/outbound/store.ts';
import { receive } from '../support/store-under-test.ts';

/** A step that a next release might bring; it fails where it is done twice. */
export const NEXT_STEP = `
ALTER TABLE inbox ADD COLUMN mood TEXT;
UPDATE inbox SET mood = 'old';
`;

/** A database with the schema of today, and what a next release does with it. */
export interface UpgradableDatabase {
  open(): Promise<Store>;
  /** Starts so many processes of the next release at once, as far as their migrations. */
  upgrade(processes: number): Promise<void>;
  /** The applied versions, and the moods of all stored messages in order. */
  look(): Promise<{ readonly versions: readonly number[]; readonly moods: readonly unknown[] }>;
  close(): Promise<void>;
}

/** What holds for a database that a newer release takes over. */
export function upgradeContract(name: string, create: () => Promise<UpgradableDatabase>): void {
  describe(`${name} that a newer release takes over`, () => {
    let database: UpgradableDatabase;

    beforeEach(async () => {
      database = await create();
    });
    afterEach(() => database.close());

    it('keeps what is in it, and takes each step once, whoever starts at the same time', async () => {
      const old = await database.open();
      await receive(old, { id: 'A' });
      await old.close();

      await database.upgrade(3);

      expect(await database.look()).toEqual({ versions: [1, 2], moods: ['old'] });
    });

    it('serves the older release beside the newer one while its processes are replaced', async () => {
      const old = await database.open();
      await receive(old, { id: 'A' });
      await database.upgrade(1);

      const whileBoth = await receive(old, { id: 'B', text: 'E o horário?' });
      const restarted = await database.open();
      const repeated = await receive(restarted, { id: 'A' });

      expect(whileBoth).toMatchObject({ status: 'accepted' });
      expect(repeated).toMatchObject({ reason: 'duplicate' });
      expect(await database.look()).toEqual({ versions: [1, 2], moods: ['old', null] });
      await Promise.all([old.close(), restarted.close()]);
    });
  });
}
