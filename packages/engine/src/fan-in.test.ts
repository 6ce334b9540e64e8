import type { PortType } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { fanInOf, intoPort } from './fan-in.ts';

test.each<[PortType, string]>([
  ['text', 'same'],
  ['any', 'same'],
  ['data', 'text-to-data'],
  ['text[]', 'wrap-list'],
])('texts that are joined become what a port of %s takes: %s', (type, whole) => {
  expect(fanInOf('text', type)).toEqual({ kind: 'text', whole });
});

test.each<[PortType, string]>([
  ['text', 'list-to-text'],
  ['data', 'same'],
  ['number[]', 'same'],
  ['any', 'same'],
])('a list that is collected becomes what a port of %s takes: %s', (type, whole) => {
  expect(fanInOf('list', type)).toEqual({ kind: 'list', whole });
});

test('one edge, and several without a rule, are read as first', () => {
  expect(fanInOf(undefined, 'text')).toEqual({ kind: 'first' });
  expect(fanInOf('first', 'data')).toEqual({ kind: 'first' });
});

test.each<[PortType, PortType, string, string]>([
  // As it is, when the port takes the one edge.
  ['text', 'text', 'first', 'same'],
  ['any', 'text', 'first', 'value-to-text'],
  ['text', 'data', 'first', 'text-to-data'],
  // A text of each, whatever the port is, before the texts are joined.
  ['number', 'data', 'text', 'value-to-text'],
  ['text', 'data', 'text', 'same'],
  ['data', 'text', 'text', 'data-to-text'],
  // An item of the list, so a list stays one item of a list of anything.
  ['text', 'data[]', 'list', 'text-to-data'],
  ['text[]', 'any[]', 'list', 'same'],
  ['number', 'text', 'list', 'same'],
  ['text', 'data', 'list', 'same'],
])('an edge from %s to %s with the rule %s: %s', (from, to, kind, expected) => {
  expect(intoPort(from, to, fanInOf(kind as 'first', to))).toBe(expected);
});
