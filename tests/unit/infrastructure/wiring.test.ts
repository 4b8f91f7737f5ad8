import { describe, expect, it } from '@jest/globals';
import { token, Wiring } from '../../../src/infrastructure/container/wiring.ts';

class Engine {
  readonly power = 5;
}

class Car {
  constructor(
    readonly engine: Engine,
    readonly owner: string,
  ) {}
}

const ENGINE = token<Engine>('engine');
const OWNER = token<string>('owner');
const CAR = token<Car>('car');

function aWiring(): Wiring {
  const wiring = new Wiring();
  wiring.bindClass(ENGINE, Engine);
  wiring.bindValue(OWNER, 'Ana');
  return wiring;
}

describe('Wiring', () => {
  it('builds a class from its tokens, once', () => {
    const wiring = aWiring();
    wiring.bindClass(CAR, Car, ENGINE, OWNER);

    expect(wiring.get(CAR)).toEqual({ engine: { power: 5 }, owner: 'Ana' });
    expect(wiring.get(CAR)).toBe(wiring.get(CAR));
  });

  it('builds from named ports', () => {
    const wiring = aWiring();
    wiring.bindPorts(
      CAR,
      ({ engine, owner }: { engine: Engine; owner: string }) => new Car(engine, owner),
      { engine: ENGINE, owner: OWNER },
    );

    expect(wiring.get(CAR)).toEqual({ engine: { power: 5 }, owner: 'Ana' });
  });

  it('refuses a token that nothing is bound to', () => {
    expect(() => new Wiring().get(CAR)).toThrow('car');
  });

  it('does not compile with a wrong, swapped, missing or superfluous dependency', () => {
    const wiring = aWiring();
    // @ts-expect-error -- the owner is no engine
    wiring.bindClass(CAR, Car, OWNER, OWNER);
    // @ts-expect-error -- swapped
    wiring.bindClass(CAR, Car, OWNER, ENGINE);
    // @ts-expect-error -- one is missing
    wiring.bindClass(CAR, Car, ENGINE);
    // @ts-expect-error -- one too many
    wiring.bindClass(ENGINE, Engine, OWNER);
    // @ts-expect-error -- an engine is no car
    wiring.bindClass(CAR, Engine);
    // @ts-expect-error -- a port is missing
    wiring.bindPorts(CAR, (ports: { engine: Engine; owner: string }) => new Car(ports.engine, ''), {
      engine: ENGINE,
    });

    expect(() => wiring.get(CAR)).toThrow();
  });
});
