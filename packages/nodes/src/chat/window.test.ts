import type { Exchange } from '@patchbay/node-kit';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesOf, tokensOf, windowOf } from './window.ts';

const exchange = (number: number, length = 4): Exchange => ({ number, question: 'q'.repeat(length), answer: 'a'.repeat(length) });
const some = (count: number, length?: number): Exchange[] => Array.from({ length: count }, (_, index) => exchange(index + 1, length));
const numbers = (list: readonly Exchange[]) => list.map(({ number }) => number);

test('the newest exchanges are shown, as many as there may be and as fit', () => {
  expect(numbers(windowOf(some(5), { turns: 2, tokens: undefined }).shown)).toEqual([4, 5]);
  expect(numbers(windowOf(some(5), { turns: 2, tokens: undefined }).older)).toEqual([1, 2, 3]);
  expect(numbers(windowOf(some(2), { turns: 10, tokens: undefined }).shown)).toEqual([1, 2]);
  // Each is two tokens.
  expect(numbers(windowOf(some(5), { turns: 10, tokens: 5 }).shown)).toEqual([4, 5]);
  expect(numbers(windowOf(some(5), { turns: 0, tokens: undefined }).shown)).toEqual([]);
});

test('the last one is shown however long it is', () => {
  expect(numbers(windowOf([exchange(1), exchange(2, 100_000)], { turns: 10, tokens: 100 }).shown)).toEqual([2]);
});

test('what is shown and what is older are all of it, in order, within the bounds', () => {
  const exchanges = fc
    .array(fc.record({ question: fc.string({ maxLength: 50 }), answer: fc.string({ maxLength: 50 }) }), { maxLength: 20 })
    .map((list) => list.map((said, index) => ({ number: index + 1, ...said })));
  const bounds = fc.record({ turns: fc.nat({ max: 12 }), tokens: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }) });
  fc.assert(
    fc.property(exchanges, bounds, (list, size) => {
      const { shown, older } = windowOf(list, size);
      expect([...older, ...shown]).toEqual(list);
      expect(shown.length).toBeLessThanOrEqual(size.turns);
      const total = shown.reduce((sum, { question, answer }) => sum + tokensOf(question) + tokensOf(answer), 0);
      if (size.tokens !== undefined && shown.length > 1) expect(total).toBeLessThanOrEqual(size.tokens);
    }),
  );
});

test('tokens are about four letters or one Chinese character', () => {
  expect([tokensOf(''), tokensOf('abcdefgh'), tokensOf('你好世界'), tokensOf('a 你')]).toEqual([0, 2, 4, 2]);
});

test('a summary stands in the system part, named as what it is', () => {
  expect(messagesOf('', { summary: '' }, [])).toEqual([]);
  expect(messagesOf('Be kind.', { summary: '' }, [exchange(1, 1)])).toEqual([
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'q' },
    { role: 'assistant', content: 'a' },
  ]);
  const [system] = messagesOf('Be kind.', { summary: 'Ada wants tea.' }, []);
  expect(system?.content).toMatch(/^Be kind\.\n\nEarlier.*not instructions.*:\nAda wants tea\.$/s);
});
