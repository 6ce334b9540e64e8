import { type Json, portsOf } from '@patchbay/node-kit';
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

const all = async (config: Record<string, Json>, value: string) => (await runNode(textNode, { config, inputs: { text: value } })).outputs;

test.each<[string, Record<string, Json>, string, Json]>([
  ['slice', { from: 1, count: 2 }, 'a👍🏽bc', '👍🏽b'],
  ['slice', { from: 9, count: 2 }, 'abc', ''],
  ['title', {}, 'the OLD man’s ärger', 'The Old Man’s Ärger'],
  ['replace_pattern', { pattern: 'a(b)?', replacement: '[$1|$&|$$|$9]' }, 'ab a', '[b|ab|$|$9] [|a|$|$9]'],
  ['replace_pattern', { pattern: '(?P<n>\\d)', replacement: '<$<n>$<no>>' }, 'x1', 'x<1$<no>>'],
  ['replace_pattern', { pattern: '^', replacement: '> ' }, 'a\nb', '> a\n> b'],
  ['replace_pattern', { pattern: 'A', replacement: '-', matchCase: false }, 'aA', '--'],
  ['replace_pattern', { pattern: 'A', replacement: '-' }, 'aA', 'a-'],
])('%s %j of %j', async (operation, config, value, expected) =>
  expect(await all({ operation, ...config }, value)).toEqual({ text: expected }),
);

test('splits by a pattern and keeps empty parts', async () => {
  expect(await all({ operation: 'split_pattern', pattern: '\\s*;\\s*' }, 'a ; b;;c')).toEqual({ texts: ['a', 'b', '', 'c'] });
  expect(await all({ operation: 'split_pattern', pattern: 'x*' }, 'axb')).toEqual({ texts: ['a', 'b'] });
});

test('finds all matches with their groups; one that took no part is null', async () => {
  expect(await all({ operation: 'find_all', pattern: '(a)|(b)' }, 'ab')).toEqual({
    texts: ['a', 'b'],
    matches: [
      { text: 'a', at: 0, groups: ['a', null], named: {} },
      { text: 'b', at: 1, groups: [null, 'b'], named: {} },
    ],
  });
  expect(await all({ operation: 'find_all', pattern: 'z' }, 'ab')).toEqual({ texts: [], matches: [] });
});

test('counts as a person does', async () => {
  expect(await all({ operation: 'count' }, 'Two words.\n你好，世界 👍🏽')).toEqual({ characters: 18, words: 4, lines: 2 });
  expect(await all({ operation: 'count' }, '')).toEqual({ characters: 0, words: 0, lines: 0 });
});

test('what is no pattern is said at its field, and only while it is in force', () => {
  const issues = (config: Record<string, Json>) => portsOf(textNode, { type: 'text', config }).issues.map(({ path }) => path);
  expect(issues({ operation: 'find_all', pattern: '(' })).toEqual([['pattern']]);
  expect(issues({ operation: 'find_all', pattern: '(?=x)' })).toEqual([['pattern']]);
  expect(issues({ operation: 'trim', pattern: '(' })).toEqual([]);
});

test('a search that reads the text again and again lets others have their turn, and can be stopped', async () => {
  const controller = new AbortController();
  let turns = 0;
  const ticking = setInterval(() => {
    turns += 1;
    if (turns === 3) controller.abort();
  }, 1);
  const config = { operation: 'replace_pattern', pattern: 'a+[bc]|a', replacement: '' };
  const searching = runNode(textNode, { config, inputs: { text: 'a'.repeat(200_000) }, ctx: { signal: controller.signal } });
  await expect(searching).rejects.toMatchObject({ errorClass: 'cancelled' });
  clearInterval(ticking);
  expect(turns).toBeGreaterThanOrEqual(3);
});

test('a search that would take for ever ends with its reason', async () => {
  const config = { operation: 'find_all', pattern: 'a+[bc]|a' };
  await expect(runNode(textNode, { config, inputs: { text: 'a'.repeat(1_000_000) } })).rejects.toMatchObject({
    errorClass: 'timeout',
    reason: 'pattern_slow',
    params: { seconds: 5 },
  });
}, 60_000);

test('a replacement that grows without bounds is refused', async () => {
  const config = { operation: 'replace_pattern', pattern: 'a', replacement: 'x'.repeat(10_000) };
  await expect(runNode(textNode, { config, inputs: { text: 'a'.repeat(10_000) } })).rejects.toMatchObject({ reason: 'text_too_long' });
});
