import { readFileSync } from 'node:fs';
import type { FlowDocument } from '@patchbay/flow';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { compileFlow } from './compile-flow.ts';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';

const page = readFileSync(new URL('../../../docs/flow-document.md', import.meta.url), 'utf8');
const documents = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => JSON.parse(text) as FlowDocument);

test.each(documents.map((flow) => [flow.name, flow] as const))('the flow of the guide compiles: %s', (_, flow) => {
  expect(compileFlow(flow, catalogue)).toMatchObject({ ok: true });
});

test('and the one with a container greets everyone', async () => {
  const flow = documents.find(({ name }) => name === 'Greet everyone');
  const compiled = flow === undefined ? undefined : compileFlow(flow, catalogue);
  if (compiled?.ok !== true) throw new Error('the guide has no such flow');
  const run = startRun(compiled.plan, { names: ['Ada', 'Grace'], from: 'Edsger' }, { world: createFakeWorld(), runId: 'guide' });
  expect((await run.result).outputs).toEqual({
    greetings: ['Hello Ada, Edsger sends greetings', 'Hello Grace, Edsger sends greetings'],
  });
});
