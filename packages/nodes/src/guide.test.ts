import { readFileSync } from 'node:fs';
import { runExample, runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { readingTimeNode } from './testing/reading-time.node.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const guide = read('../../../docs/guides/writing-a-node.md');

test('the node in the guide is this one, letter for letter', () => {
  const shown = /```ts\n(import \{ defineNode[\s\S]*?)```/.exec(guide)?.[1];
  expect(shown).toBe(read('./testing/reading-time.node.ts'));
});

test('and does what the guide says', async () => {
  for (const example of readingTimeNode.examples) expect((await runExample(readingTimeNode, example)).outputs).toEqual(example.outputs);
  const { outputs } = await runNode(readingTimeNode, { config: { speed: 50 }, inputs: { text: 'word '.repeat(101) } });
  expect(outputs).toEqual({ minutes: 3, line: '3 min' });
});

test('files and links the guide names are there', () => {
  for (const [, path = ''] of guide.matchAll(/`((?:packages|apps)\/[^`]+\.tsx?)`/g)) {
    if (!path.includes('/reading-time/')) expect([path, read(`../../../${path}`) !== '']).toEqual([path, true]);
  }
  for (const [, link = ''] of guide.matchAll(/\]\((\.\.[^)#]+)/g)) expect(read(`../../../docs/guides/${link}`)).not.toBe('');
});
