import type { FlowDocument } from '@patchbay/flow';

/** Input, prompt, model, output: the smallest flow with a model in it. */
export const smallFlow = (): FlowDocument => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Small',
  nodes: {
    ask: {
      type: 'input',
      config: {
        fields: [
          { id: 'topic', title: 'Topic', type: 'text', required: true },
          { id: 'count', title: 'How many', type: 'number', required: false },
        ],
      },
    },
    draft: { type: 'prompt', title: 'Draft', config: { template: 'Write about {{topic}}' } },
    write: { type: 'model', title: 'Write', config: {} },
    answer: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } },
  },
  edges: [
    { from: 'ask.topic', to: 'draft.topic' },
    { from: 'draft.text', to: 'write.prompt' },
    { from: 'write.text', to: 'answer.reply' },
  ],
  layout: { ask: { x: 0, y: 0 }, draft: { x: 320, y: 0 }, write: { x: 640, y: 0 }, answer: { x: 960, y: 0 } },
  examples: [{ name: 'Sea', inputs: { topic: 'the sea' } }],
});
