import type { FlowDocument, Json } from '@patchbay/flow';
import { afterEach, expect, test } from 'vitest';
import type { StepState } from '../store/types.ts';
import { type Rendered, renderInEditor } from '../testing/render.tsx';
import { NodeOutput } from './node-run.tsx';

let page: Rendered | undefined;
afterEach(() => page?.close());

const flow: FlowDocument = {
  format: 'patchbay/flow',
  version: 1,
  name: 'Sorting',
  nodes: {
    mail: { type: 'input', config: { fields: [{ id: 'text', title: 'Mail', type: 'text', required: true }] } },
    sort: { type: 'classify', config: { labels: [{ id: 'billing', title: '账务' }] } },
    reply: { type: 'output', config: { fields: [{ id: 'team', title: 'Team', type: 'choice' }] } },
  },
  edges: [
    { from: 'mail.text', to: 'sort.text' },
    { from: 'sort.choice', to: 'reply.team' },
  ],
  layout: {},
};

const ended = (outputs: Record<string, Json>): StepState => ({ status: 'succeeded', text: {}, outputs });

test('what leaves the flow is shown as a person calls it; what passes inside as it is', async () => {
  page = await renderInEditor(<NodeOutput name="Reply" step={ended({ team: 'billing' })} ends={true} />, flow);
  expect(page.text()).toBe('账务');
  await page.close();
  page = await renderInEditor(<NodeOutput name="Note" step={ended({ text: 'billing' })} ends={false} />, flow);
  expect(page.text()).toBe('billing');
});
