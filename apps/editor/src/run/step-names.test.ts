import { catalogue } from '@patchbay/nodes';
import { beforeAll, expect, test } from 'vitest';
import '../i18n/all-words.ts';
import { readIn, startI18n } from '../i18n/index.ts';
import { smallFlow } from '../testing/flows.ts';
import { skipSentence, stepNames } from './step-names.ts';

beforeAll(startI18n);

const flow = smallFlow();
flow.nodes['sort'] = { type: 'classify', title: 'What is it about?', config: { labels: [{ id: 'bug', title: 'A bug' }] } };
flow.nodes['helper'] = { type: 'agent', config: { tools: [{ id: 'orders', kind: 'clock' }] } };
flow.nodes['each'] = { type: 'for_each', config: {} };

test('steps, their outputs and the parts of an agent are called by titles', () => {
  const name = stepNames(flow, catalogue, 'zh-Hans');
  expect([name('write'), name('sort'), name('gone')]).toEqual(['Write', 'What is it about?', 'gone']);
  expect([name.output('sort', 'bug'), name.output('sort', 'nothing'), name.output('gone', 'a')]).toEqual(['A bug', 'nothing', 'a']);
  expect([name.part('helper', 'model'), name.part('helper', 'orders'), name.part('helper', 'ask_orders')]).toEqual([
    '询问模型',
    '调用 orders',
    '就 orders 征求人员同意',
  ]);
  // What stands in a container are steps of the flow.
  expect([name.part('each', 'model'), name.part('gone', 'model')]).toEqual([undefined, undefined]);
});

test('without a flow ids are all there is', () => {
  const name = stepNames(undefined, catalogue, 'en');
  expect([name('a'), name.output('a', 'b'), name.part('a', 'b')]).toEqual(['a', 'b', undefined]);
});

test('why a step was skipped names the way by its title', async () => {
  const reason = { code: 'branch', node: 'sort', port: 'bug' };
  await readIn('en');
  expect(skipSentence(reason, stepNames(flow, catalogue, 'en'))).toBe('“What is it about?” did not choose “A bug”');
  await readIn('zh-Hans');
  expect(skipSentence(reason, stepNames(flow, catalogue, 'zh-Hans'))).toBe('“What is it about?”没有选择“A bug”');
  await readIn('en');
});
