import { neighboursContract } from '../../contracts/neighbours-contract.ts';
import { InMemoryProcessRegistry } from '../../doubles/in-memory-process-registry.ts';
import { anInMemoryStore } from '../../doubles/in-memory-store.ts';
import { ManualStoreClock } from '../../doubles/manual-store-clock.ts';

neighboursContract('InMemoryStore', () => {
  const clock = new ManualStoreClock();
  const { state, registry } = anInMemoryStore({ clock });
  return {
    first: registry,
    second: new InMemoryProcessRegistry(state, 'worker-2'),
    clock,
    ingress: () => Promise.resolve({ at: state.ingress.at, gapAt: state.ingress.gapEndedAt }),
    close: () => Promise.resolve(),
  };
});
