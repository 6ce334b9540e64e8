import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { scripted } from '../testing/scripted.ts';
import { contentRulesNode } from './content-rules.node.ts';

const run = (text: string, config: object, answers: string[] = []) => {
  const { ctx, asked } = scripted(answers);
  return { asked, result: runNode(contentRulesNode, { config: { ...config }, inputs: { text }, ctx }) };
};
const outputs = async (text: string, config: object, answers: string[] = []) => (await run(text, config, answers).result).outputs;

test('a word of the list stops the text, and no model is asked then', async () => {
  const { asked, result } = run('You fool, fool', { words: ' fool \n\n坏人', useModel: true });
  expect((await result).outputs).toEqual({ block: 'You fool, fool', reasons: ['fool'] });
  expect(asked).toHaveLength(0);
});

test('exceptions pass; stars pass with their reason', async () => {
  expect(await outputs('foolproof, fool moon', { words: 'fool', exceptions: 'fool moon' })).toEqual({
    allow: 'foolproof, fool moon',
    reasons: [],
  });
  expect(await outputs('You fool, 坏 人', { words: 'fool\n坏人', found: 'stars' })).toEqual({
    allow: 'You ****, ***',
    reasons: ['fool', '坏人'],
  });
});

test('a model stops what it sees of the topics that are on', async () => {
  const { asked, result } = run('text', { useModel: true, violence: false, spam: true }, ['{"topics":["spam","violence","other"]}']);
  expect((await result).outputs).toEqual({ block: 'text', reasons: ['spam'] });
  const system = String(asked[0]?.messages[0]?.content);
  expect([system.includes('- spam:'), system.includes('- violence:')]).toEqual([true, false]);
  expect(asked[0]?.messages[1]).toEqual({ role: 'user', content: 'text' });
});

test('what a model lets pass may still have stars', async () => {
  expect(await outputs('a fool', { words: 'fool', found: 'stars', useModel: true }, ['{"topics":[]}'])).toEqual({
    allow: 'a ****',
    reasons: ['fool'],
  });
});

test('an answer that is no data does not let the text pass', async () => {
  await expect(run('text', { useModel: true }, ['sure, fine']).result).rejects.toMatchObject({ errorClass: 'bad_output' });
});

test('with all topics off, or nothing to read, no model is asked', async () => {
  const off = { hate: false, harassment: false, sexual: false, violence: false, self_harm: false, illegal: false, spam: false };
  expect(await outputs('text', { useModel: true, ...off })).toEqual({ allow: 'text', reasons: [] });
  expect(await outputs(' ', { useModel: true })).toEqual({ allow: ' ', reasons: [] });
});
