import { expect } from 'vitest';

/** The same graphs in every run, and no shrinking: a mutant needs to be caught, not explained. Other files load nothing for it. */
if (/(compile-flow|equal-to-reference|property)\.test\.ts$/.test(expect.getState().testPath ?? '')) {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed: 1, endOnFailure: true });
}
