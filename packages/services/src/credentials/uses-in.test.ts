import { readFlow } from '@patchbay/flow';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { usesIn } from './uses-in.ts';

function flowOf(nodes: Record<string, unknown>) {
  const { flow } = readFlow({ format: 'patchbay/flow', version: 1, name: 'F', nodes, edges: [], layout: {} });
  if (flow === undefined) throw new Error('not a flow');
  return flow;
}

test('models are found by their fields, left-out ones as auto, fallbacks too, once per step', () => {
  const nodes = {
    a: { type: 'model', config: { model: 'openai/gpt' } },
    b: { type: 'summarize', config: {} },
    c: {
      type: 'classify',
      config: { model: 'mistral/x', labels: [{ id: 'openai', title: 'openai/gpt' }] },
      onError: { rule: 'fallback-model', model: 'openai/gpt' },
    },
    d: { type: 'model', config: { model: 'x/y' }, onError: { rule: 'fallback-model', model: 'x/y' } },
    e: { type: 'prompt', config: { template: 'openai/gpt' } },
    f: { type: 'nobody', config: { model: 'openai/gpt' } },
  };
  expect(usesIn(flowOf(nodes), catalogue)).toEqual({
    models: ['openai/gpt', 'auto', 'mistral/x', 'openai/gpt', 'x/y'],
    secrets: [],
  });
});

test('secrets are found in the headers of HTTP steps', () => {
  const headers = [
    { name: 'Authorization', value: '', secret: 'crm' },
    { name: 'X-Plain', value: 'crm' },
    { name: 'X-Other', value: '', secret: 'crm' },
  ];
  expect(usesIn(flowOf({ a: { type: 'http', config: { url: 'https://x.example', headers } } }), catalogue).secrets).toEqual(['crm']);
});
