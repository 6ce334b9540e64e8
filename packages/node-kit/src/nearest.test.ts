import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['mesage', 'message'],
  ['MESSAGE', 'message'],
  ['emssage', 'message'],
  ['txt', 'text'],
  ['customer_name', 'customer'],
  ['zzz', ''],
  ['', ''],
])('%s was probably %s', (wanted, expected) => {
  expect(nearest(wanted, ['message', 'text', 'customer', 'x'])).toBe(expected);
});

test('a list of data is not searched for names without end', () => {
  let asked = 0;
  const candidates = {
    *[Symbol.iterator]() {
      for (;;) {
        asked += 1;
        yield `candidate${'x'.repeat(10_000)}${asked}`;
      }
    },
  };
  nearest('wanted'.repeat(10_000), candidates);
  expect(asked).toBeLessThan(300);
});
