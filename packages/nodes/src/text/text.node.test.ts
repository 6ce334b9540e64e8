import { portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { textNode } from './text.node.ts';

const text = async (config: object, inputs: object) =>
  Object.values((await runNode(textNode, { config: { ...config }, inputs: { ...inputs } })).outputs)[0];

test.each([
  ['join', { separator: 'paragraph' }, { texts: ['a', 'b'] }, 'a\n\nb'],
  ['join', { separator: 'nothing' }, { texts: ['a', 1, null, ['b', 'c']] }, 'a1b\nc'],
  ['split', { separator: 'line' }, { text: 'a\n\n b \nc' }, ['a', 'b', 'c']],
  ['split', { separator: 'paragraph' }, { text: 'a\nb\n \nc' }, ['a\nb', 'c']],
  ['split', { separator: 'comma' }, { text: '红，绿、蓝' }, ['红', '绿', '蓝']],
  ['split', { separator: 'space' }, { text: ' a  b ' }, ['a', 'b']],
  ['replace', { find: 'a', replacement: '$&$1' }, { text: 'aba' }, '$&$1b$&$1'],
  ['replace', { find: '', replacement: 'x' }, { text: 'ab' }, 'ab'],
  ['trim', {}, { text: ' \n a \t' }, 'a'],
  ['upper', {}, { text: 'straße' }, 'STRASSE'],
  ['lower', {}, { text: 'ÄB' }, 'äb'],
  ['shorten', { length: 5 }, { text: 'abcde' }, 'abcde'],
  ['shorten', { length: 5 }, { text: 'abcdef' }, 'abcd…'],
  ['shorten', { length: 3 }, { text: '👩‍👩‍👧a👍🏽bc' }, '👩‍👩‍👧a…'],
])('%s %j', async (operation, config, inputs, expected) => expect(await text({ operation, ...config }, inputs)).toEqual(expected));

test('the ports follow the operation, and a hidden template asks for nothing', () => {
  const ids = (operation: string) => {
    const { inputs, outputs } = portsOf(textNode, { type: 'text', config: { operation, template: '{{a}}' } });
    return [...inputs, ...outputs].map(({ id }) => id);
  };
  expect(['template', 'join', 'split', 'trim'].map(ids)).toEqual([
    ['a', 'text'],
    ['texts', 'text'],
    ['text', 'texts'],
    ['text', 'text'],
  ]);
});
