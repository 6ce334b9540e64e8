import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { adoptedStyles } from './build/adopted-styles.ts';
import { bundleFence } from './build/bundle-fence.ts';

const server = 'http://127.0.0.1:4000';

/** Loaded when they are first needed, so never part of the first load. */
const lazyChunks: [name: string, modules: RegExp][] = [
  ['codemirror', /node_modules\/(@codemirror|@lezer|style-mod|w3c-keyname|crelt)\//],
  ['dagre', /node_modules\/@dagrejs\//],
  ['markdown', /node_modules\/(react-markdown|rehype-|remark-|micromark|mdast-|hast-|unified|unist-|vfile|property-information)/],
];

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwindcss(), adoptedStyles(), bundleFence({ budgetBytes: 350_000 })],
  build: {
    outDir: 'dist',
    target: 'es2024',
    sourcemap: false,
    // Nothing may be inlined into HTML or CSS that the content security policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: { groups: lazyChunks.map(([name, test]) => ({ name, test })) },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: server },
      '/v1': { target: server },
    },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'] },
});
