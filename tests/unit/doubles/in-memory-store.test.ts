import { storeContract } from '../../contracts/store-contract.ts';
import { anInMemoryStore } from '../../doubles/in-memory-store.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';

storeContract('InMemoryStore', (overrides) => {
  const clock = new ManualStoreClock();
  const store = anInMemoryStore({ clock, ...overrides });
  return Promise.resolve({ ...store, clock, close: () => Promise.resolve() });
});
