import { readFileSync } from 'node:fs';
import { compileFlow, startRun } from '@patchbay/engine';
import { type FlowDocument, type FlowExample, locales, parseFlow, printFlow } from '@patchbay/flow';
import { createHost, type KnowledgeStore } from '@patchbay/host';
import { checkFlow, type RunEvent, type RunResult, readableOutputs, valueToText } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { describe, expect, test } from 'vitest';
import { type Template, templates } from './index.ts';

/** What a workspace has under Knowledge: one manual, found by any question about filters. */
const search: KnowledgeStore['search'] = async (_, { question }) =>
  question.includes('filter')
    ? [{ text: 'Wash the filter every month. Let it dry for a day.', document: 'vacuum.md', headings: ['Care'], page: null, score: 0.9 }]
    : question.includes('滤网')
      ? [{ text: '滤网每月清洗一次。晾干一天后再装回。', document: '吸尘器.md', headings: ['保养'], page: null, score: 0.9 }]
      : [];
const host = createHost({ env: { PATCHBAY_DEMO_DELAY_MS: '1' }, knowledge: { search } });

async function run(flow: FlowDocument, example: FlowExample, events: RunEvent[] = []): Promise<RunResult> {
  const compiled = compileFlow(flow, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const options = { world: host.world({ locale: 'en' }), runId: 'test', onEvent: (event: RunEvent) => events.push(event) };
  return startRun(compiled.plan, example.inputs, options).result;
}

test('are the six tasks of Home and then the others, in the order of the cards', () => {
  expect(templates.map(({ id, order }) => [id, order])).toEqual([
    ['summarise', 0],
    ['translate', 1],
    ['support', 2],
    ['sort', 3],
    ['extract', 4],
    ['chat', 5],
    ['product-copy', 6],
    ['writing', 7],
    ['moderation', 8],
    ['grading', 9],
    ['code', 10],
    ['private', 11],
    ['research', 12],
    ['documents', 13],
    ['minutes', 14],
    ['image-copy', 15],
    ['sort-mails', 16],
  ]);
});

const variants = templates.flatMap((template) => locales.map((locale) => [template, locale, template.flows[locale]] as const));

describe.each(variants)('$id', (template, locale, flow) => {
  test(`is a canonical file without problems (${locale})`, () => {
    const name = locale === 'en' ? template.id : `${template.id}.${locale}`;
    const text = readFileSync(new URL(`../flows/${template.id}/${name}.json`, import.meta.url), 'utf8');
    const read = parseFlow(text);
    expect(read.problems).toEqual([]);
    expect(read.flow && printFlow(read.flow)).toBe(text);
    expect(checkFlow(flow, catalogue)).toEqual([]);
  });

  test.each(flow.examples ?? [])(`answers its example: $name (${locale})`, async (example) => {
    const result = await run(flow, example);
    expect(result.error).toBeUndefined();
    expect(result.status).toBe('succeeded');
    expect(result.outputs).toMatchObject(example.outputs ?? {});
    expect(result.simulated).toBe(true);
    expect(Object.values(result.outputs).some((value) => value !== null && value !== '')).toBe(true);
  });

  test(`answers what its card shows (${locale})`, async () => {
    const { outputs } = await run(flow, flow.examples?.[0] as FlowExample);
    const readable = readableOutputs(flow, catalogue, locale);
    const shown = Object.entries(outputs)
      .map(([id, value]) => valueToText(readable(id, value)))
      .join('\n');
    for (const part of template.sample.output[locale].split(' · ')) expect(shown).toContain(part);
    expect(template.sample.input[locale]).not.toBe('');
  });

  test(`can be taken for granted by Home: words, an icon, an input named text (${locale})`, () => {
    expect(template.name[locale]).toBe(flow.name);
    expect(template.summary[locale]).toMatch(/[.。]$/);
    expect(template.icon).toMatch(/^[a-z0-9-]+$/);
    expect(readFileSync(new URL(`../flows/${template.id}/README.md`, import.meta.url), 'utf8')).toContain(`${template.id}.json`);
  });

  test(`lies on the canvas from left to right without overlaps (${locale})`, () => {
    const places = Object.entries(flow.layout);
    expect(places.map(([id]) => id)).toEqual(Object.keys(flow.nodes));
    /** What stands in a container lies over it, and gives back to it. */
    const inside = (id: string, other: string) => flow.nodes[id]?.parent === other;
    for (const [id, at] of places) {
      for (const [other, there] of places) {
        if (id < other && !inside(id, other) && !inside(other, id))
          expect(Math.abs(at.x - there.x) >= 320 || Math.abs(at.y - there.y) >= 200, `${id} and ${other}`).toBe(true);
      }
    }
    for (const { from, to } of flow.edges) {
      const ends = [from, to].map((end) => end.split('.')[0] as string) as [string, string];
      if (inside(...ends)) continue;
      const [source, target] = ends.map((end) => flow.layout[end]);
      expect(target?.x).toBeGreaterThan(source?.x ?? 0);
    }
  });

  test(`asks for whatever model there is (${locale})`, () => {
    for (const node of Object.values(flow.nodes)) if ('model' in node.config) expect(node.config['model']).toBe('auto');
  });
});

test.each(templates.map((template) => [template.id, template] as const))('%s is one flow in two languages', (_, { flows }: Template) => {
  const bones = (flow: FlowDocument) => [
    Object.entries(flow.nodes).map(([id, node]) => [id, node.type, node.fanIn]),
    flow.edges,
    flow.layout,
  ];
  expect(bones(flows['zh-Hans'])).toEqual(bones(flows.en));
});

test.each(['support', 'sort'])('nobody who reads Chinese reads an English id in the answer of %s', async (id) => {
  const flow = templates.find((template) => template.id === id)?.flows['zh-Hans'] as FlowDocument;
  const readable = readableOutputs(flow, catalogue, 'zh-Hans');
  for (const example of flow.examples ?? []) {
    const { outputs } = await run(flow, example);
    for (const [name, value] of Object.entries(outputs)) expect(readable(name, value)).toMatch(/\p{Script=Han}/u);
  }
});

test('text streams to the output of every template whose model writes', async () => {
  for (const id of ['summarise', 'translate', 'support', 'chat', 'product-copy', 'writing', 'private']) {
    const flow = templates.find((template) => template.id === id)?.flow as FlowDocument;
    const events: RunEvent[] = [];
    await run(flow, flow.examples?.[0] as FlowExample, events);
    expect(events.filter((event) => event.type === 'output-chunk').length, id).toBeGreaterThan(1);
    expect(events.at(-1)?.type).toBe('run-end');
  }
});

test.each(locales)('the research helper calls the tool that knows, and says what it did (%s)', async (locale) => {
  const flow = templates.find(({ id }) => id === 'research')?.flows[locale] as FlowDocument;
  const [sum, rule] = await Promise.all((flow.examples ?? []).map((example) => run(flow, example)));
  expect(sum?.outputs['steps']).toMatchObject([{ tool: 'calculator', arguments: { expression: '18 * 24.5 + 60' }, result: 501 }]);
  expect(rule?.outputs['steps']).toMatchObject([{ tool: 'handbook', result: expect.stringMatching(/30 (?:days|天)/) }]);
  expect(rule?.outputs['answer']).toMatch(/30 (?:days|天)/);
});

test.each(locales)(
  'documents: the answer has its quote and its source, and what no document says is said to be so (%s)',
  async (locale) => {
    const flow = templates.find(({ id }) => id === 'documents')?.flows[locale] as FlowDocument;
    const [example] = flow.examples as [FlowExample];
    const { outputs } = await run(flow, example);
    expect(outputs['answer']).toMatch(/every month|每月清洗一次/);
    expect(outputs['quotes']).toEqual([expect.stringMatching(/^(?:Wash the filter every month|滤网每月清洗一次)/)]);
    expect(outputs['sources']).toMatchObject([
      { number: 1, document: expect.stringMatching(/vacuum|吸尘器/), headings: [expect.any(String)] },
    ]);
    const unknown = await run(flow, { ...example, inputs: { text: 'Who painted the ceiling?' } });
    expect(unknown.outputs).toMatchObject({ answer: expect.stringMatching(/do not say|没有相关内容/), quotes: [], sources: [] });
  },
);
