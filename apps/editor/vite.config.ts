import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { adoptedStyles } from './build/adopted-styles.ts';
import { baseChunk } from './build/base-chunk.ts';
import { bundleFence } from './build/bundle-fence.ts';
import { neverRuns } from './build/never-runs.ts';
import { splitWords } from './build/split-words.ts';

const server = 'http://127.0.0.1:4000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwindcss(), adoptedStyles(), neverRuns(), splitWords(), bundleFence({ home: 165_000, openFlow: 328_000 })],
  build: {
    outDir: 'dist',
    target: 'es2024',
    sourcemap: false,
    // Our packages do nothing by being imported: what only a later part uses is loaded with that part.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !/\/packages\/(flow|node-kit|nodes|guard)\/src\//.test(id) },
      output: { codeSplitting: baseChunk },
    },
    // Nothing may be inlined into HTML or CSS that the content security policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': { target: server },
      '/v1': { target: server },
    },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'] },
});
