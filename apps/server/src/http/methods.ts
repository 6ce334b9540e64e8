interface Route {
  method: string;
  path: string;
}

/** Tells which methods a path answers, so that a wrong one is 405 and not 404. */
export function createMethodTable(routes: readonly Route[]): (path: string) => string[] {
  const table = routes
    .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
    .map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+')}/?$`) }));
  return (path) => [...new Set(table.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
}
