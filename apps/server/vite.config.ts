import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The program needs the database's migrations beside it. */
function copyMigrations(): Plugin {
  return {
    name: 'patchbay-migrations',
    writeBundle() {
      cpSync(here('../../packages/db/drizzle'), here('./dist/drizzle'), { recursive: true });
    },
  };
}

/** A plug-in stays in its own folder, where it is installed; seen from the program it lies as it does from the sources. */
function leavePlugins(): Plugin {
  return {
    name: 'patchbay-plugins',
    enforce: 'pre',
    resolveId: (source) => (/^\.\.\/\.\.\/\.\.\/plugins\//.test(source) ? { id: source, external: 'absolute' } : undefined),
  };
}

/** One program: all but the database driver and its extension, which have native parts, and the log, which finds its own files. */
export default defineConfig({
  plugins: [copyMigrations(), leavePlugins()],
  ssr: { noExternal: true, external: ['better-sqlite3', 'pino', 'sqlite-vec'], target: 'node' },
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node22',
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      // The threads that run code of authors, take files apart and wait for the disk are programs of their own.
      input: {
        main: here('./src/main.ts'),
        'code-worker': here('../../packages/host/src/code/code-worker.ts'),
        'text-worker': here('../../packages/host/src/files/text/text-worker.ts'),
        'checkpoint-worker': here('../../packages/db/src/checkpoints/checkpoint-worker.ts'),
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  test: { include: ['src/**/*.test.ts'] },
});
