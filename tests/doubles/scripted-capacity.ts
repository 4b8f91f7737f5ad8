import { type Capacity, type Shortage } from '../../src/application/ports/outbound/capacity.ts';

/** Room for everything, or what a test says is short. */
export class ScriptedCapacity implements Capacity {
  constructor(public short?: Shortage) {}

  shortage(): Shortage | undefined {
    return this.short;
  }

  look(): Promise<void> {
    return Promise.resolve();
  }
}
