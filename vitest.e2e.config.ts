import { defineConfig } from 'vitest/config';

/** The built product in a real browser: one file at a time, since each starts a server and Chromium. */
export default defineConfig({
  test: {
    name: 'e2e',
    include: ['apps/editor/e2e/**/*.e2e.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // What a busy machine shows late is not wrong; only what never comes is.
    expect: { poll: { timeout: 20_000 } },
    passWithNoTests: true,
  },
});
