import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*'],
    // Child processes and browsers share two cores with the tests that start them.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
