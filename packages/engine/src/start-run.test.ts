import { emptyFlow } from '@patchbay/flow';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { compileFlow, startRun } from './index.ts';

test('thin', async () => {
  const flow = emptyFlow('Thin');
  flow.nodes = {
    ticket: { type: 'input', config: {} },
    draft: { type: 'prompt', config: { template: 'Hi {{text}}!' } },
    answer: { type: 'output', config: {} },
  };
  flow.edges = [
    { from: 'ticket.text', to: 'draft.text' },
    { from: 'draft.text', to: 'answer.result' },
  ];
  const compiled = compileFlow(flow, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const events: unknown[] = [];
  const world = { locale: 'en', now: Date.now, random: Math.random } as never;
  const run = startRun(compiled.plan, { text: 'Ada' }, { world, runId: 'r1', onEvent: (event) => events.push(event) });
  const result = await run.result;
  expect(result.outputs).toEqual({ result: 'Hi Ada!' });
  console.log(JSON.stringify(events, null, 1));
});
