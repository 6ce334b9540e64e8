import { type CodeRequest, checkFlow, type Json, portsOf, StepError } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { catalogue } from '../index.ts';
import { codeNode } from './code.node.ts';

const values = [{ id: 'order' }, { id: 'note', title: 'Note', optional: true }];

test('hands the code its values by name and nothing else, and gives its result and its lines', async () => {
  const asked: CodeRequest[] = [];
  const code = {
    run: async (request: CodeRequest) => {
      asked.push(request);
      return { value: [7] as Json, log: ['seen'] };
    },
  };
  const { outputs } = await runNode(codeNode, {
    config: { values, source: 'return [order.id]', seconds: 5 },
    inputs: { order: { id: 7 } },
    ctx: { code },
  });
  expect(outputs).toEqual({ result: [7], log: ['seen'] });
  expect(asked).toEqual([{ source: 'return [order.id]', inputs: { order: { id: 7 }, note: null }, timeoutMs: 5_000 }]);
});

test('fails as the code does', async () => {
  const code = { run: () => Promise.reject(new StepError('timeout', 'code_timeout', { seconds: 2 })) };
  await expect(runNode(codeNode, { config: { source: 'for(;;);' }, inputs: { value: 1 }, ctx: { code } })).rejects.toMatchObject({
    errorClass: 'timeout',
  });
});

test('has a port for each value; braces in the code are no chips', () => {
  const ports = portsOf(codeNode, { type: 'code', config: { values, source: 'return `{{chip}}`' } });
  expect(ports.inputs.map(({ id, required }) => [id, required])).toEqual([
    ['order', true],
    ['note', false],
  ]);
  expect(portsOf(codeNode, { type: 'code', config: { values: [{ id: 'a' }, { id: 'a' }] } }).issues).toEqual([
    expect.objectContaining({ code: 'id_taken', path: ['values', 1, 'id'] }),
  ]);
});

test('code that is not there is said before a run', () => {
  const nodes = { code: { type: 'code', config: {} } };
  const flow = { format: 'patchbay/flow' as const, version: 1 as const, name: 'x', nodes, edges: [], layout: {} };
  expect(checkFlow(flow, catalogue).map(({ code, pointer }) => `${code} ${pointer}`)).toContain('text_missing /nodes/code/config/source');
});
