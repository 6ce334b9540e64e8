import type { FlowAnswer, FlowCall, Json } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { subFlowNode } from './sub-flow.node.ts';

const failure = { class: 'timeout', reason: 'unknown', params: {}, node: 'ask' } as const;

function run(
  config: Record<string, Json>,
  answer: (call: FlowCall) => FlowAnswer | Promise<FlowAnswer>,
  inputs: Record<string, Json> = {},
) {
  const calls: FlowCall[] = [];
  const flows = {
    run: async (call: FlowCall) => {
      calls.push(call);
      return answer(call);
    },
    describe: () => Promise.reject(new Error('nobody asks')),
  };
  return { calls, done: runNode(subFlowNode, { config: { flow: 'echo', ...config }, inputs, ctx: { flows } }) };
}

test('asks for the flow and version it names, with its inputs', async () => {
  const inputs = [{ id: 'text' }, { id: 'more', required: false }];
  const { calls, done } = run({ inputs, version: 'number', number: 3 }, () => ({ outputs: { result: 'x', other: 'no port' } }), {
    text: 'hi',
  });
  expect((await done).outputs).toEqual({ result: 'x' });
  expect(calls).toMatchObject([{ flow: 'echo', version: 3, inputs: { text: 'hi', more: null } }]);
  for (const [version, asked] of [
    ['newest', null],
    ['draft', 'draft'],
  ] as const) {
    const other = run({ version }, () => ({ outputs: {} }));
    expect((await other.done).outputs).toEqual({});
    expect(other.calls[0]?.version).toBe(asked);
  }
});

test('texts of the flow stream on while it runs; the whole comes at the end', async () => {
  const answer = async ({ onText }: FlowCall): Promise<FlowAnswer> => {
    for (const word of ['one ', 'two']) {
      onText?.('result', word);
      onText?.('data', 'not here');
      await new Promise(setImmediate);
    }
    return { outputs: { result: 'one two', data: { a: 1 } } };
  };
  const outputs = [{ id: 'result' }, { id: 'data', type: 'data' }];
  const { chunks, outputs: values } = await run({ outputs }, answer).done;
  expect(chunks).toEqual([
    { port: 'result', text: 'one ' },
    { port: 'result', text: 'two' },
  ]);
  expect(values).toEqual({ result: 'one two', data: { a: 1 } });
});

test('a flow that fails fails it, in the place where it failed', async () => {
  await expect(run({}, () => ({ outputs: { result: 'part' }, error: failure })).done).rejects.toMatchObject({
    errorClass: 'timeout',
    node: 'ask',
  });
  const refused = run({}, () => Promise.reject(Object.assign(new Error('x'), { errorClass: 'invalid_input', reason: 'flow_not_found' })));
  await expect(refused.done).rejects.toMatchObject({ reason: 'flow_not_found' });
});

test('a text that broke off inside is not taken for the whole', async () => {
  const answer = ({ onText }: FlowCall): FlowAnswer => {
    onText?.('result', 'half');
    return { outputs: {} };
  };
  await expect(run({}, answer).done).rejects.toMatchObject({ errorClass: 'bad_output', reason: 'flow_output_broken' });
});

test('without a flow it says so', async () => {
  await expect(run({ flow: ' ' }, () => ({ outputs: {} })).done).rejects.toMatchObject({ reason: 'flow_missing' });
});

test('its ports are the fields it names, texts stream', () => {
  const config = subFlowNode.config.parse({ inputs: [{ id: 'a', type: 'data', required: false }], outputs: [{ id: 'b', title: 'B' }] });
  expect(subFlowNode.ports(config)).toEqual({
    inputs: [{ id: 'a', title: 'a', type: 'data', required: false }],
    outputs: [{ id: 'b', title: 'B', type: 'text', stream: true }],
  });
  expect(subFlowNode.config.safeParse({ outputs: [{ id: 'error' }] }).success).toBe(false);
});
