import type Driver from 'better-sqlite3';
import { load } from 'sqlite-vec';

type Connected = InstanceType<typeof Driver>;

/**
 * Gives the connection `vec_distance_cosine`: sqlite-vec's where its binary fits this machine, else the same in JavaScript,
 * which takes about nine times as long. Vectors are plain bytes in plain tables, so a file needs neither to be opened.
 */
export function addVectorFunctions(driver: Connected, loadExtension: (driver: Connected) => void = load): void {
  try {
    loadExtension(driver);
  } catch {
    driver.function('vec_distance_cosine', { deterministic: true }, (a, b) => cosineDistance(floatsOf(a), floatsOf(b)));
  }
}

/** 0 where both point the same way, 1 where they have nothing in common, 2 where they are opposite; null where one has no length. */
function cosineDistance(a: Float32Array, b: Float32Array): number | null {
  if (a.length !== b.length) throw new Error('vectors of unlike length have no distance');
  let [product, squareA, squareB] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    const [x, y] = [a[index] ?? 0, b[index] ?? 0];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA === 0 || squareB === 0 ? null : 1 - product / Math.sqrt(squareA * squareB);
}

/** Copied, since the driver's bytes need not begin where floats may. */
function floatsOf(value: unknown): Float32Array {
  if (!(value instanceof Uint8Array)) throw new Error('a vector is bytes');
  return new Float32Array(value.slice().buffer);
}

/** As the column has it. */
export const bytesOfVector = (vector: readonly number[]): Buffer => Buffer.from(new Float32Array(vector).buffer);
