import { defineConfig } from 'vitest/config';

/** Everything but the browser: `pnpm test:unit`. */
export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*'],
    // Child processes share two cores with the tests that start them.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
