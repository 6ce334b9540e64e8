import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What the fence reads of a built chunk. */
export interface BuiltChunk {
  fileName: string;
  code: string;
  isEntry: boolean;
  imports: string[];
  facadeModuleId: string | null;
  moduleIds: string[];
}

/** Modules that belong to the server; one of them in the bundle is a leak of code or of secrets. */
const serverModules =
  /\/packages\/(engine|db|host|services|testing|bench)\/|\/apps\/server\/|\/node_modules\/(undici|better-sqlite3|drizzle-orm|hono|@hono|pino)\/|^node:|__vite-browser-external/;

/** Gzipped bytes of JavaScript that may be needed to use Home, and to use an open flow from nothing. */
export interface Budgets {
  home: number;
  openFlow: number;
}
/** What each page starts with, beside the entry. */
const starts: Record<keyof Budgets, RegExp> = {
  home: /\/src\/(app\/start|home\/home-page)\.tsx$/,
  openFlow: /\/src\/app\/(start|editor-page)\.tsx$/,
};

export const leaksOf = (chunks: readonly BuiltChunk[]): string[] =>
  chunks.flatMap((chunk) => chunk.moduleIds.filter((id) => serverModules.test(id)));

/** Gzipped bytes of JavaScript up to a page; what is loaded later on demand is not in it. */
export function loadBytes(chunks: readonly BuiltChunk[], page: keyof Budgets): number {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const needed = new Set<BuiltChunk>();
  const visit = (chunk: BuiltChunk | undefined): void => {
    if (chunk === undefined || needed.has(chunk)) return;
    needed.add(chunk);
    for (const name of chunk.imports) visit(byName.get(name));
  };
  for (const chunk of chunks) {
    if (chunk.isEntry || starts[page].test(chunk.facadeModuleId ?? '')) visit(chunk);
  }
  return [...needed].reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0);
}

/** Fails the build when a server module enters the bundle or a page outgrows its budget. */
export function bundleFence(budgets: Budgets): Plugin {
  return {
    name: 'patchbay-bundle-fence',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const leaks = leaksOf(chunks);
      if (leaks.length > 0) this.error(`The editor must not hold server modules: ${leaks.join(', ')}`);
      for (const page of ['home', 'openFlow'] as const) {
        const bytes = loadBytes(chunks, page);
        if (bytes > budgets[page]) this.error(`${page} needs ${bytes} bytes of JavaScript gzipped; its budget is ${budgets[page]}.`);
        this.info(`${page} needs ${Math.round(bytes / 1_000)} kB of JavaScript gzipped`);
      }
    },
  };
}
