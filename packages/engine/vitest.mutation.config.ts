import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Every mutant has a worker of its own; what was compiled for one is there for the next.
process.env['NODE_COMPILE_CACHE'] = new URL('../../node_modules/.cache/mutation/', import.meta.url).pathname;

/** Files that load the whole catalogue or run many graphs; most mutants are caught before their turn comes. */
const slow = /(compile-flow|containers|documents|equal-to-reference|property|sub-flow|park)\.test\.ts$/;

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => Number(slow.test(moduleId));
    return files.toSorted((one, other) => rank(one) - rank(other) || (one.moduleId < other.moduleId ? -1 : 1));
  }
}

/** The tests as `pnpm mutation:engine` runs them for each mutant: few graphs, the same ones every time. */
export default defineConfig({
  test: {
    env: { PATCHBAY_GRAPHS: '120' },
    setupFiles: ['src/testing/same-graphs.ts'],
    sequence: { sequencer: QuickFirst },
    isolate: false,
    testTimeout: 10_000,
  },
});
