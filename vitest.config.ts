import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Child processes share two cores with the tests that start them. */
const patience = { testTimeout: 30_000, hookTimeout: 60_000 };

/** A package is a project of its own, with the settings of its vite.config.ts where it has one. */
const packages = ['packages', 'apps']
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .filter((folder) => existsSync(`${folder}/package.json`));

/** Everything but the browser: `pnpm test:unit`. */
export default defineConfig({
  test: {
    projects: packages.map((root) => ({
      ...(existsSync(`${root}/vite.config.ts`) ? { extends: `./${root}/vite.config.ts` } : {}),
      root,
      test: { name: `@patchbay/${root.split('/')[1]}`, ...patience },
    })),
  },
});
