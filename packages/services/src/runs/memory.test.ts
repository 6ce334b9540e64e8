import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { localOwner } from '../context.ts';
import { fixture } from '../testing.ts';
import { preparePublishedRun } from './prepare-run.ts';
import { runToEnd } from './run-to-end.ts';

const flow = JSON.stringify({
  format: 'patchbay/flow',
  version: 1,
  name: 'Translate',
  nodes: {
    in: { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'text' }] } },
    say: { type: 'translate', config: { model: 'openai', source: 'en', target: 'de' } },
    out: { type: 'output', config: { fields: [{ id: 'text', title: 'Text', type: 'text' }] } },
  },
  edges: [
    { from: 'in.text', to: 'say.text' },
    { from: 'say.text', to: 'out.text' },
  ],
  layout: {},
});

test('a paragraph that was translated before costs no call, in another process neither', async () => {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  const { services, publish, again } = await fixture({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'fake-model' });
  await publish(flow, 'translate');
  const run = async ({ deps }: typeof services, text: string) => {
    const ctx = localOwner(deps, 'en');
    const result = await runToEnd(ctx, await preparePublishedRun({ ctx, input: { slug: 'translate', body: { inputs: { text } } } }));
    return [result.outputs['text'], result.usage.calls];
  };
  provider.script({ text: 'Guten Tag\n\nBis morgen' });
  expect(await run(services, 'Good day\n\nUntil tomorrow')).toEqual(['Guten Tag\n\nBis morgen', 1]);
  expect(await run(services, 'Good day\n\nUntil tomorrow')).toEqual(['Guten Tag\n\nBis morgen', 0]);
  await services.close();
  expect(await run(await again(), 'Until tomorrow\n\nGood day')).toEqual(['Bis morgen\n\nGuten Tag', 0]);
  expect(provider.calls.filter(({ path }) => path.endsWith('/chat/completions'))).toHaveLength(1);
});
