/** The pool without the rest of the package: its `fetch`, web sockets and caches would take 14 MB of memory, unused. */
declare module 'undici/lib/dispatcher/pool.js' {
  const pool: typeof import('undici').Pool;
  export = pool;
}
