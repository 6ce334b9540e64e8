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

/** Parts a visitor loads without asking: what `main.tsx` starts, and the page of an open flow. */
const firstParts = /\/src\/app\/(start|editor-page)\.tsx$/;

export const leaksOf = (chunks: readonly BuiltChunk[]): string[] =>
  chunks.flatMap((chunk) => chunk.moduleIds.filter((id) => serverModules.test(id)));

/** Gzipped bytes of JavaScript from opening the page to an open flow; lazy chunks are not in it. */
export function firstLoadBytes(chunks: readonly BuiltChunk[]): number {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const needed = new Set<BuiltChunk>();
  const visit = (chunk: BuiltChunk | undefined): void => {
    if (chunk === undefined || needed.has(chunk)) return;
    needed.add(chunk);
    for (const name of chunk.imports) visit(byName.get(name));
  };
  for (const chunk of chunks) {
    if (chunk.isEntry || firstParts.test(chunk.facadeModuleId ?? '')) visit(chunk);
  }
  return [...needed].reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0);
}

/** Fails the build when a server module enters the bundle or the first load outgrows its budget. */
export function bundleFence({ budgetBytes }: { budgetBytes: number }): Plugin {
  return {
    name: 'patchbay-bundle-fence',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const leaks = leaksOf(chunks);
      if (leaks.length > 0) this.error(`The editor must not hold server modules: ${leaks.join(', ')}`);
      const bytes = firstLoadBytes(chunks);
      if (bytes > budgetBytes) this.error(`The first load has ${bytes} bytes of JavaScript gzipped; the budget is ${budgetBytes}.`);
      this.info(`first load ${Math.round(bytes / 1000)} kB of JavaScript gzipped`);
    },
  };
}
