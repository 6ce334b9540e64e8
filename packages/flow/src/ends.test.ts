import { expect, test } from 'vitest';
import { joinEnd, splitEnd } from './ends.ts';
import { fromPointer, toPointer } from './problem.ts';

test('an end is a node and a port', () => {
  expect(splitEnd('sort.refund')).toEqual({ node: 'sort', port: 'refund' });
  expect(splitEnd('sort')).toEqual({ node: 'sort', port: '' });
  expect(joinEnd('sort', 'refund')).toBe('sort.refund');
});

test('pointers escape what has a meaning in them', () => {
  expect(toPointer([])).toBe('');
  expect(toPointer(['nodes', 'a/b', '~1', 0])).toBe('/nodes/a~1b/~01/0');
  expect(fromPointer('/nodes/a~1b/~01/0')).toEqual(['nodes', 'a/b', '~1', '0']);
  expect(fromPointer('')).toEqual([]);
});
