import type { FlowDocument } from '../document.ts';

/** The example of the contract: a message is sorted, and a kind answer drafted. */
export const sampleFlow = (): FlowDocument => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Support triage',
  nodes: {
    ticket: {
      type: 'input',
      config: { fields: [{ id: 'text', title: 'Message', type: 'text', required: true, example: 'Where is my refund?' }] },
    },
    sort: { type: 'classify', title: 'What is it about?', config: { model: 'auto', labels: [{ id: 'refund', title: 'Refund' }] } },
    draft: { type: 'prompt', config: { template: 'Answer kindly: {{ticket}}' } },
    answer: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } },
  },
  edges: [
    { from: 'ticket.text', to: 'sort.text' },
    { from: 'sort.refund', to: 'draft.ticket' },
    { from: 'draft.text', to: 'answer.reply' },
  ],
  layout: { ticket: { x: 0, y: 0 }, sort: { x: 320, y: 0 }, draft: { x: 640, y: 0 }, answer: { x: 960, y: 0 } },
  examples: [{ name: 'A refund', inputs: { text: 'Where is my refund?' } }],
});
