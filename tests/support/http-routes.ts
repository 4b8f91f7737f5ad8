import { type Express } from 'express';

interface Route {
  readonly method: 'get' | 'post';
  /** As Express has it: `/webhook/:token`. */
  readonly path: string;
}

/** Every route that the app has been given, read from its router. */
export function routesOf(app: Express): readonly Route[] {
  return app.router.stack.flatMap(({ route }) => {
    if (route === undefined) return [];
    const paths = [route.path].flat();
    const methods = new Set(route.stack.map(({ method }) => method));
    return (['get', 'post'] as const)
      .filter((method) => methods.has(method))
      .flatMap((method) => paths.map((path) => ({ method, path })));
  });
}
