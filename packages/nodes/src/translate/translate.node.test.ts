import { runNode, textStream } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { answering } from '../testing/answering.ts';
import { languageName } from './language-name.ts';
import { translateNode } from './translate.node.ts';

test('names languages in English, and an unknown tag by itself', () => {
  expect(['zh-Hans', 'pt-BR', 'sw', 'not a tag'].map((tag) => languageName(tag))).toEqual([
    'Simplified Chinese',
    'Brazilian Portuguese',
    'Swahili',
    'not a tag',
  ]);
});

test('asks for the language, the tone and what the author adds; the text stands apart', async () => {
  const { ctx, asked } = answering(['Guten ', 'Tag']);
  const config = { target: 'de', source: 'en', tone: 'formal', instructions: 'Say Sie.' };
  const { outputs, chunks } = await runNode(translateNode, { config, inputs: { text: textStream('Good ', 'day') }, ctx });
  expect(outputs).toEqual({ text: 'Guten Tag' });
  expect(chunks).toHaveLength(2);
  const [system, user] = asked[0]?.messages ?? [];
  for (const part of ['from English into German (de)', 'formal tone', 'Say Sie.']) expect(system?.content).toContain(part);
  expect(user?.content).toBe('Good day');
  expect(asked[0]?.task).toEqual({ kind: 'translate', text: 'Good day', target: 'de' });
});
