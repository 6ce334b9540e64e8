import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packedZip } from '../testing/sample-files.ts';
import { readZip, writeZip, ZipError } from './zip.ts';

const limits = { bytes: 1_000_000, parts: 100 };
const kindOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return error instanceof ZipError ? error.kind : String(error);
  }
  return 'read';
};

test('what is written is read the same', () => {
  const parts = fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.uint8Array({ maxLength: 50 }), { maxKeys: 5 });
  fc.assert(
    fc.property(parts, (given) => {
      const map = new Map(Object.entries(given));
      expect([...readZip(writeZip(map), limits)].map(([name, content]) => [name, [...content]])).toEqual(
        [...map].map(([name, content]) => [name, [...content]]),
      );
    }),
  );
});

test('packed parts are unpacked, and only those that are wanted', () => {
  const zip = packedZip('a.xml', new TextEncoder().encode('x'.repeat(1_000)));
  expect(new TextDecoder().decode(readZip(zip, limits).get('a.xml'))).toBe('x'.repeat(1_000));
  expect(readZip(zip, limits, () => false).size).toBe(0);
});

test('a bomb is stopped at the limit, whatever size it claims', () => {
  const bomb = new Uint8Array(2_000_000);
  for (const claimed of [bomb.length, 10, 0]) expect(kindOf(() => readZip(packedZip('a', bomb, claimed), limits))).toBe('too_large');
  const many = writeZip(new Map(Array.from({ length: 101 }, (_, index) => [`${index}`, new Uint8Array()])));
  expect(kindOf(() => readZip(many, limits))).toBe('too_large');
});

test('anything else is broken and never more than that', () => {
  expect(kindOf(() => readZip(new Uint8Array(), limits))).toBe('broken');
  const zip = packedZip('a.xml', new TextEncoder().encode('hello hello hello'));
  fc.assert(
    fc.property(fc.nat(zip.length - 1), fc.nat(255), (at, byte) => {
      const harmed = zip.slice();
      harmed[at] = byte;
      expect(['read', 'broken', 'too_large']).toContain(kindOf(() => readZip(harmed, limits)));
      expect(['read', 'broken', 'too_large']).toContain(kindOf(() => readZip(zip.subarray(0, at), limits)));
    }),
  );
});
