import 'reflect-metadata';
import { Container } from 'inversify';

declare const provides: unique symbol;

/** Names a binding and tells the compiler, and only the compiler, what it provides. */
export type Token<Provided> = symbol & { readonly [provides]?: Provided };

/** Names a binding of what the type parameter says. */
export function token<Provided>(name: string): Token<Provided> {
  return Symbol(name);
}

type TokensOf<Arguments extends readonly unknown[]> = {
  readonly [Index in keyof Arguments]: Token<Arguments[Index]>;
};

type TokensByName<Ports> = { readonly [Name in keyof Ports]-?: Token<Ports[Name]> };

/** Inversify behind tokens that carry types: a wrong, swapped or missing dependency does not compile. */
export class Wiring {
  readonly #container = new Container();

  /** Binds a value that is there already. */
  bindValue<Provided>(to: Token<Provided>, value: Provided): void {
    this.#container.bind<Provided>(to).toConstantValue(value);
  }

  /** Builds the class once, on first use, from one token per constructor parameter. */
  bindClass<Provided, Arguments extends unknown[]>(
    to: Token<Provided>,
    constructor: new (...args: Arguments) => Provided,
    ...dependencies: TokensOf<Arguments>
  ): void {
    this.bindFactory(to, (...args: Arguments) => new constructor(...args), ...dependencies);
  }

  /** Builds the value once, on first use, by calling the factory with one argument per token. */
  bindFactory<Provided, Arguments extends unknown[]>(
    to: Token<Provided>,
    factory: (...args: Arguments) => Provided,
    ...dependencies: TokensOf<Arguments>
  ): void {
    this.#container
      .bind<Provided>(to)
      // Inversify's own type cannot relate a symbol to a parameter type; ours has just done so.
      .toResolvedValue<Arguments>(factory, dependencies as never)
      .inSingletonScope();
  }

  /** Builds the value once, on first use, from one object that holds what each named token provides. */
  bindPorts<Provided, Ports extends object>(
    to: Token<Provided>,
    build: (ports: Ports) => Provided,
    needs: TokensByName<Ports>,
  ): void {
    const tokens = Object.entries<Token<unknown>>(needs);
    this.bindFactory(
      to,
      (...values: unknown[]) =>
        build(Object.fromEntries(tokens.map(([name], index) => [name, values[index]])) as Ports),
      ...tokens.map(([, dependency]) => dependency),
    );
  }

  /** @throws when nothing is bound to the token, or to one that it depends on. */
  get<Provided>(from: Token<Provided>): Provided {
    return this.#container.get<Provided>(from);
  }
}
