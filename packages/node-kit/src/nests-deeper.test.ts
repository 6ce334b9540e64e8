import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nestsDeeper } from './nests-deeper.ts';

const depth = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;

test('agrees with the value itself, whatever its texts hold', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: fc.constantFrom('"', '\\', '[', '}', 'a') }), fc.nat(6), (value, limit) => {
      expect(nestsDeeper(JSON.stringify(value), limit)).toBe(depth(value) > limit);
    }),
  );
});
