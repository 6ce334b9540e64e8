/** The flows of the benchmark, as documents; `handler.main.ts` does the same by hand. */
const input = { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'text', required: true }] } };
const output = { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } };
const isAboutRefunds = {
  type: 'branch',
  config: {
    ways: [{ id: 'refund', title: 'Refund', match: 'all', conditions: [{ op: 'contains', value: 'refund' }] }],
  },
};

/** Template → model → branch → template → model, or translate → mask → output. Two model calls either way. */
export const twoModels = {
  format: 'patchbay/flow',
  version: 1,
  name: 'Bench with two models',
  nodes: {
    ticket: input,
    first: { type: 'prompt', config: { template: 'Sort this message: {{text}}' } },
    sorted: { type: 'model', config: { model: 'auto' } },
    way: isAboutRefunds,
    second: { type: 'prompt', config: { template: 'Answer kindly: {{sorted}}' } },
    answer: { type: 'model', config: { model: 'auto' } },
    translated: { type: 'translate', config: { target: 'zh-Hans' } },
    masked: { type: 'mask', config: {} },
    reply: { ...output },
  },
  edges: [
    { from: 'ticket.text', to: 'first.text' },
    { from: 'first.text', to: 'sorted.prompt' },
    { from: 'sorted.text', to: 'way.value' },
    { from: 'way.refund', to: 'second.sorted' },
    { from: 'second.text', to: 'answer.prompt' },
    { from: 'way.otherwise', to: 'translated.text' },
    { from: 'translated.text', to: 'masked.text' },
    { from: 'answer.text', to: 'reply.reply' },
    { from: 'masked.text', to: 'reply.reply' },
  ],
  layout: {},
};
Object.assign(twoModels.nodes.reply, { fanIn: { reply: 'first' } });

/** Template → branch → template → output. */
export const noModels = {
  format: 'patchbay/flow',
  version: 1,
  name: 'Bench without models',
  nodes: {
    ticket: input,
    line: { type: 'prompt', config: { template: 'Message: {{text}}' } },
    way: isAboutRefunds,
    refund: { type: 'prompt', config: { template: 'Refund desk, {{line}}' } },
    other: { type: 'prompt', config: { template: 'Front desk, {{line}}' } },
    reply: { ...output, fanIn: { reply: 'first' } },
  },
  edges: [
    { from: 'ticket.text', to: 'line.text' },
    { from: 'line.text', to: 'way.value' },
    { from: 'way.refund', to: 'refund.line' },
    { from: 'way.otherwise', to: 'other.line' },
    { from: 'refund.text', to: 'reply.reply' },
    { from: 'other.text', to: 'reply.reply' },
  ],
  layout: {},
};

/** One model call, streamed to the output. */
export const oneStream = {
  format: 'patchbay/flow',
  version: 1,
  name: 'Bench of the first token',
  nodes: {
    ticket: input,
    answer: { type: 'model', config: { model: 'auto' } },
    reply: output,
  },
  edges: [
    { from: 'ticket.text', to: 'answer.prompt' },
    { from: 'answer.text', to: 'reply.reply' },
  ],
  layout: {},
};
