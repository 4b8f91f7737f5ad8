import { outboxIngressContract } from '../../contracts/outbox-ingress-contract.ts';
import { storeContract } from '../../contracts/store-contract.ts';
import { anInMemoryStore } from '../../doubles/in-memory-store.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';

storeContract('InMemoryStore', (overrides) => {
  const clock = new ManualStoreClock();
  const store = anInMemoryStore({ clock, ...overrides });
  return Promise.resolve({ ...store, clock, close: () => Promise.resolve() });
});

outboxIngressContract('InMemoryStore', () => {
  const clock = new ManualStoreClock();
  const store = anInMemoryStore({ clock });
  const setIngress = (beats: typeof store.state.ingress): Promise<void> => {
    store.state.ingress = beats;
    return Promise.resolve();
  };
  return Promise.resolve({ ...store, clock, setIngress, close: () => Promise.resolve() });
});
