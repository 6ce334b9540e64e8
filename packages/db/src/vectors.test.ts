import Driver from 'better-sqlite3';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { addVectorFunctions, bytesOfVector } from './vectors.ts';

function open(loadExtension?: () => void) {
  const driver = new Driver(':memory:');
  onTestFinished(() => void driver.close());
  addVectorFunctions(driver, loadExtension);
  const distance = driver.prepare<[Buffer, Buffer], number | null>('select vec_distance_cosine(?, ?)').pluck();
  return { driver, distance: (a: number[], b: number[]) => distance.get(bytesOfVector(a), bytesOfVector(b)) };
}
const refuse = (): never => {
  throw new Error('no binary for this machine');
};

test('the extension of sqlite-vec loads as it is installed', () => {
  expect(open().driver.prepare('select vec_version()').pluck().get()).toMatch(/^v0\./);
});

test('without it distances are the same', () => {
  const [native, plain] = [open(), open(refuse)];
  const component = fc.integer({ min: -1_000, max: 1_000 }).map((value) => value / 100);
  const pair = fc.integer({ min: 1, max: 40 }).chain((length) => {
    const vector = fc.array(component, { minLength: length, maxLength: length }).filter((values) => values.some((value) => value !== 0));
    return fc.tuple(vector, vector);
  });
  fc.assert(
    fc.property(pair, ([a, b]) => {
      expect(plain.distance(a, b)).toBeCloseTo(native.distance(a, b) ?? Number.NaN, 4);
    }),
  );
});

test('a vector without length is like none, and vectors of unlike length are refused', () => {
  expect(open(refuse).distance([0, 0], [1, 0])).toBeNull();
  for (const load of [undefined, refuse]) expect(() => open(load).distance([1], [1, 0])).toThrow();
});
