import type { FlowDocument, FlowNode } from '@patchbay/flow';

const input: FlowNode = { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'text', required: true }] } };
const output: FlowNode = { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } };

function flowOf(nodes: Record<string, FlowNode>, edges: [from: string, to: string][]): FlowDocument {
  return {
    format: 'patchbay/flow',
    version: 1,
    name: 'Bench',
    nodes: { ask: input, ...nodes, answer: output },
    edges: edges.map(([from, to]) => ({ from, to })),
    layout: {},
  };
}

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${index}`);
const prompt = (template: string): FlowNode => ({ type: 'prompt', config: { template } });

/** Templates one after the other. */
export function chain(count: number): FlowDocument {
  const ids = names(count);
  return flowOf(Object.fromEntries(ids.map((id) => [id, prompt('{{text}}')])), [
    ...ids.map((id, index): [string, string] => [index === 0 ? 'ask.text' : `n${index - 1}.text`, `${id}.text`]),
    [`${ids.at(-1)}.text`, 'answer.reply'],
  ]);
}

/** Branches one after the other, each of which goes its first way. */
export function branches(count: number): FlowDocument {
  const ids = names(count);
  const branch: FlowNode = {
    type: 'branch',
    config: { ways: [{ id: 'yes', title: 'Yes', match: 'all', conditions: [{ op: 'contains', value: 'refund' }] }] },
  };
  return flowOf(Object.fromEntries(ids.map((id) => [id, branch])), [
    ...ids.map((id, index): [string, string] => [index === 0 ? 'ask.text' : `n${index - 1}.yes`, `${id}.value`]),
    [`${ids.at(-1)}.yes`, 'answer.reply'],
  ]);
}

/** So many templates at once, joined by the output. */
export function fan(count: number): FlowDocument {
  const ids = names(count);
  const flow = flowOf(
    Object.fromEntries(ids.map((id) => [id, prompt('{{text}}')])),
    ids.flatMap((id): [string, string][] => [
      ['ask.text', `${id}.text`],
      [`${id}.text`, 'answer.reply'],
    ]),
  );
  flow.nodes['answer'] = { ...output, fanIn: { reply: 'text' } };
  return flow;
}

/** One template inside a For each over the list that is given. */
export function forEach(): FlowDocument {
  const flow = flowOf(
    {
      each: { type: 'for_each', config: { concurrency: 10 } },
      line: { type: 'prompt', parent: 'each', config: { template: '{{item}}' } },
    },
    [
      ['ask.list', 'each.list'],
      ['each.item', 'line.item'],
      ['line.text', 'each.result'],
      ['each.results', 'answer.reply'],
    ],
  );
  flow.nodes['ask'] = { type: 'input', config: { fields: [{ id: 'list', title: 'List', type: 'data', required: true }] } };
  return flow;
}

/** A model's stream to the output, past a step that reads it as it comes. */
export const streams = (): FlowDocument =>
  flowOf({ write: { type: 'model', config: { model: 'demo/auto' } }, hide: { type: 'mask', config: {} } }, [
    ['ask.text', 'write.prompt'],
    ['write.text', 'hide.text'],
    ['hide.text', 'answer.reply'],
  ]);
