interface Route {
  method: string;
  path: string;
}

/** Tells which methods a path answers, so that a wrong one is 405 and not 404. */
export function createMethodTable(routes: readonly Route[]): (path: string) => string[] {
  const table = routes
    .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
    .map(({ method, path }) => ({ method, parts: partsOf(path) }));
  return (path) => {
    const given = partsOf(path);
    return [...new Set(table.filter(({ parts }) => matches(parts, given)).map(({ method }) => method))];
  };
}

const partsOf = (path: string): string[] => path.replace(/\/$/, '').split('/');

/** `:name` stands for any part that is not empty. */
function matches(parts: readonly string[], given: readonly string[]): boolean {
  return parts.length === given.length && parts.every((part, at) => part === given[at] || (part.startsWith(':') && given[at] !== ''));
}
