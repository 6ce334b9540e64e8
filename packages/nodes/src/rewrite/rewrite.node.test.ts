import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { answering } from '../testing/answering.ts';
import { rewriteNode } from './rewrite.node.ts';

test('streams, and says each wish in the system part', async () => {
  const { ctx, asked } = answering(['New ', 'text']);
  const config = { tone: 'simple', length: 'shorter', audience: '{{who}}', language: 'de', instructions: 'No jokes.' };
  const { outputs, chunks } = await runNode(rewriteNode, { config, inputs: { text: 'Old text', who: 'children' }, ctx });
  expect([outputs, chunks.length]).toEqual([{ text: 'New text' }, 2]);
  const [system, user] = asked[0]?.messages ?? [];
  for (const part of ['simple words', 'half as long', 'readers: children.', 'Correct spelling', 'in German', 'No jokes.'])
    expect(system?.content).toContain(part);
  expect(user?.content).toBe('Old text');
  expect(asked[0]?.task).toEqual({ kind: 'rewrite', text: 'Old text', tone: 'simple', length: 'shorter', fix: true });
});

test('what is not wished is not said', async () => {
  const { ctx, asked } = answering('x');
  await runNode(rewriteNode, { config: { fix: false }, inputs: { text: 'y' }, ctx });
  const system = String(asked[0]?.messages[0]?.content);
  expect(system).toContain('language of the text');
  for (const part of ['readers', 'Correct']) expect(system).not.toContain(part);
  expect(rewriteNode.essence({ tone: 'formal', length: 'keep' }, 'zh-Hans')).toBe('语气：正式，长度：保持原样');
});
