import { type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { onTestFinished } from 'vitest';
import { createFlow } from '../flows/create-flow.ts';
import { readFlow } from '../flows/read-flow.ts';
import { saveDraft } from '../flows/save-draft.ts';
import { prepareDraftRun } from '../runs/prepare-run.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import { type Fixture, fixture } from '../testing.ts';
import { prepareReplay } from './prepare-replay.ts';

interface Node {
  type: string;
  config?: object;
  title?: string;
  parent?: string;
  onError?: object;
  bypass?: boolean;
}

/** A flow written short: nodes by id, edges as `from.port > to.port`. */
export const flowText = (nodes: Record<string, Node>, edges: readonly string[]): string =>
  JSON.stringify({
    format: 'patchbay/flow',
    version: 1,
    name: 'Parts',
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, { config: {}, ...node }])),
    edges: edges.map((edge) => {
      const [from, to] = edge.split(' > ');
      return { from, to };
    }),
    layout: {},
  });

export const input: Node = { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'text', required: true }] } };
export const output: Node = { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } };
export const asks: Node = { type: 'model', config: { model: 'openai' } };
export const says = (template: string): Node => ({ type: 'prompt', config: { template } });

/** Input, prompt, model, prompt, model, output: a line in which every model answers what it was asked. */
export const line = (second = 'again {{text}}'): string =>
  flowText({ in: input, first: says('first {{text}}'), ask: asks, second: says(second), again: asks, out: output }, [
    'in.text > first.text',
    'first.text > ask.prompt',
    'ask.text > second.text',
    'second.text > again.prompt',
    'again.text > out.reply',
  ]);

/** A model asked once for every line of a list, and once over all answers. */
export const loop = (each = 'each {{item}}', all = 'all {{list}}'): string =>
  flowText(
    {
      in: { type: 'input', config: { fields: [{ id: 'rows', title: 'Rows', type: 'text[]', required: true }] } },
      loop: { type: 'for_each', config: { concurrency: 2 } },
      row: { ...says(each), parent: 'loop' },
      ask: { ...asks, parent: 'loop' },
      tail: { ...says('<{{text}}>'), parent: 'loop' },
      sum: says(all),
      total: asks,
      out: output,
    },
    [
      'in.rows > loop.list',
      'loop.item > row.item',
      'row.text > ask.prompt',
      'ask.text > tail.text',
      'tail.text > loop.result',
      'loop.results > sum.list',
      'sum.text > total.prompt',
      'total.text > out.reply',
    ],
  );

export interface Bench extends Fixture {
  provider: FakeProvider;
  id: string;
  /** Prompts the provider was asked since the last look, in order. */
  asked(): string[];
  run(body?: object): ReturnType<typeof runToEnd> & Promise<{ id?: string }>;
  /** The id of the last run. */
  last(): string;
  save(text: string): Promise<void>;
  replay(run: string, body?: object): ReturnType<typeof runToEnd>;
}

export async function bench(text: string): Promise<Bench> {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  const made = await fixture({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  const { ctx } = made;
  const { id } = await createFlow({ ctx, input: { text } });
  let seen = 0;
  let last = '';
  return {
    ...made,
    provider,
    id,
    asked() {
      const fresh = provider.calls.slice(seen);
      seen = provider.calls.length;
      return fresh.map(({ body }) => String((body as { messages: { content: unknown }[] }).messages.at(-1)?.content));
    },
    async run(body = {}) {
      const prepared = await prepareDraftRun({ ctx, input: { id, body } });
      last = prepared.id;
      return runToEnd(ctx, prepared);
    },
    last: () => last,
    async save(next) {
      const { etag } = await readFlow({ ctx, input: { id } });
      await saveDraft({ ctx, input: { id, ifMatch: etag, text: next } });
    },
    async replay(run, body = {}) {
      const prepared = await prepareReplay({ ctx, input: { id: run, body } });
      last = prepared.id;
      return runToEnd(ctx, prepared);
    },
  };
}
