import type { KnowledgeQuery, NodeContext, Passage } from '@patchbay/node-kit';
import { StepError } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { knowledgeNode } from './knowledge.node.ts';

const care: Passage = { text: 'Wash the filter.', document: 'manual.pdf', headings: ['Vacuum', 'Care'], page: 3, score: 0.9 };
const leave: Passage = { text: '年假有七天。', document: '员工手册.md', headings: [], page: null, score: 0.4 };

function run(found: Passage[] | Error, inputs: Record<string, string>, config = {}) {
  const asked: KnowledgeQuery[] = [];
  const knowledge: NodeContext['knowledge'] = {
    search: async (query) => {
      asked.push(query);
      if (found instanceof Error) throw found;
      return found;
    },
  };
  return { asked, result: runNode(knowledgeNode, { inputs, config, ctx: { knowledge } }) };
}

test('passages come numbered with their source, as data and as one text', async () => {
  const { asked, result } = run([care, leave], { question: ' How? ' }, { base: 'kb_1', count: 2, minScore: 0.3 });
  const { outputs } = await result;
  expect(asked).toEqual([{ base: 'kb_1', question: 'How?', count: 2, minScore: 0.3 }]);
  expect(outputs['text']).toBe('[1] manual.pdf · 3 › Vacuum › Care\nWash the filter.\n\n[2] 员工手册.md\n年假有七天。');
  expect(outputs['passages']).toEqual([
    { number: 1, ...care },
    { number: 2, ...leave },
  ]);
});

test('without a choice all bases are asked', async () => {
  const { asked, result } = run([], { question: 'How?' });
  expect((await result).outputs).toEqual({ text: '', passages: [] });
  expect(asked).toMatchObject([{ base: '', count: 5, minScore: 0 }]);
});

test('an empty question finds nothing and asks nobody', async () => {
  const { asked, result } = run([care], { question: '  ' });
  expect((await result).outputs).toEqual({ text: '', passages: [] });
  expect(asked).toEqual([]);
});

test('what is wrong with a base is the failure of the step', async () => {
  const { result } = run(new StepError('invalid_input', 'knowledge_missing', { base: 'kb_9' }), { question: 'x' }, { base: 'kb_9' });
  await expect(result).rejects.toMatchObject({ reason: 'knowledge_missing', params: { base: 'kb_9' } });
});

test.each([{ count: 0 }, { count: 21 }, { minScore: -0.1 }, { minScore: 1.1 }, { other: 1 }])('%j is no setting', async (config) => {
  await expect(async () => run([], { question: 'x' }, config).result).rejects.toThrow('config of knowledge');
});
