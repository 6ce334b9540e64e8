import { gzipSync } from 'node:zlib';
import { locales } from '@patchbay/flow';
import type { Plugin } from 'vite';
import { wordsFile } from './split-words.ts';

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

/**
 * Gzipped bytes of JavaScript up to a page, with its words in whichever language has more of them; what is loaded later on
 * demand is not in it.
 */
export function loadBytes(chunks: readonly BuiltChunk[], page: keyof Budgets, files: ReadonlyMap<string, string> = new Map()): number {
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
  const sum = (texts: readonly string[]) => texts.reduce((all, text) => all + gzipSync(text).length, 0);
  const words = locales.map((locale) => sum([...needed].flatMap(({ fileName }) => files.get(wordsFile(fileName, locale)) ?? [])));
  return sum([...needed].map(({ code }) => code)) + Math.max(...words);
}

/** Fails the build when a server module enters the bundle or a page outgrows its budget. */
export function bundleFence(budgets: Budgets): Plugin {
  return {
    name: 'patchbay-bundle-fence',
    apply: 'build',
    // After the words have been taken out of the code.
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const all = Object.values(bundle);
        const chunks = all.filter((file) => file.type === 'chunk');
        const files = new Map(all.flatMap((file) => (file.type === 'asset' ? [[file.fileName, String(file.source)]] : [])));
        const leaks = leaksOf(chunks);
        if (leaks.length > 0) this.error(`The editor must not hold server modules: ${leaks.join(', ')}`);
        for (const page of ['home', 'openFlow'] as const) {
          const bytes = loadBytes(chunks, page, files);
          if (bytes > budgets[page]) this.error(`${page} needs ${bytes} bytes of JavaScript gzipped; its budget is ${budgets[page]}.`);
          this.info(`${page} needs ${Math.round(bytes / 1_000)} kB of JavaScript gzipped`);
        }
      },
    },
  };
}
