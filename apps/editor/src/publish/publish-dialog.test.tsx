import type { FlowResource } from '@patchbay/services/resources';
import { afterEach, expect, test, vi } from 'vitest';
import { smallFlow } from '../testing/flows.ts';
import { click, type Rendered, renderInEditor, type, until } from '../testing/render.tsx';
import { PublishDialog } from './publish-dialog.tsx';

let page: Rendered | undefined;
afterEach(async () => {
  await page?.close();
  vi.unstubAllGlobals();
});

const resource = (flow = smallFlow()): FlowResource => ({
  id: 'flow_1',
  slug: 'small',
  etag: '"1"',
  flow,
  published: null,
  updatedAt: '2026-01-01T00:00:00Z',
});

function serve(answers: Record<string, () => Response>) {
  const calls: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const path = `${init.method ?? 'GET'} ${address}`;
    calls.push({ path, body: JSON.parse(String(init.body ?? 'null')) });
    return answers[path]?.() ?? new Response('{}', { status: 404 });
  });
  return calls;
}
const json =
  (body: object, status = 201) =>
  () =>
    new Response(JSON.stringify(body), { status });
const version = { version: 1, slug: 'small', endpoint: '/v1/flows/small/runs', publishedAt: '2026-01-01T00:00:00Z', hash: 'h' };
const key = {
  id: 'key_1',
  name: 'k',
  hint: 'pb_…',
  key: 'pb_live_secret',
  scopes: ['run'],
  createdAt: '',
  lastUsedAt: null,
  revokedAt: null,
};

const dialog = (onShow = vi.fn(), flow = resource()) => (
  <PublishDialog onClose={() => undefined} flow={flow} onPublished={() => undefined} onShow={onShow} />
);

test('publishing shows the address, the key once, and a curl that can be run', async () => {
  const calls = serve({
    'POST /api/flows/flow_1/versions': json(version),
    'GET /api/keys': json({ keys: [] }, 200),
    'POST /api/keys': json(key),
  });
  page = await renderInEditor(dialog(), smallFlow());
  await click(page.find('button', 'Publish v1'));
  await until(() => document.querySelector('[data-testid=snippet]') !== null);
  expect(calls.map((call) => call.path)).toEqual(['POST /api/flows/flow_1/versions', 'GET /api/keys', 'POST /api/keys']);
  expect(calls[2]?.body).toMatchObject({ scopes: ['run'], flows: ['small'] });
  const snippet = document.querySelector('[data-testid=snippet]')?.textContent ?? '';
  expect(snippet).toMatch(/^curl 'https?:\/\/[^']+\/v1\/flows\/small\/runs'/);
  expect(snippet).toContain("-H 'Authorization: Bearer pb_live_secret'");
  expect(snippet).toContain('{"inputs":{"topic":"the sea"}}');
});

test('a flow with problems cannot be published, and each problem leads to its step', async () => {
  serve({});
  const broken = smallFlow();
  broken.edges = broken.edges.filter((edge) => edge.to !== 'draft.topic');
  const onShow = vi.fn();
  page = await renderInEditor(dialog(onShow, resource(broken)), broken);
  expect(page.find('button', 'Publish v1')).toHaveProperty('disabled', true);
  await click(page.find('button', 'Go to Draft'));
  expect(onShow).toHaveBeenCalledWith('draft');
});

test('an address that cannot be one is said at the field and not sent', async () => {
  const calls = serve({});
  page = await renderInEditor(dialog(), smallFlow());
  await type(page.find('textbox', /^Address/), 'Not a slug!');
  expect(page.text()).toContain('Use lower-case letters, digits and hyphens');
  expect(page.find('button', 'Publish v1')).toHaveProperty('disabled', true);
  expect(calls).toEqual([]);
});

test('a taken address is the server’s sentence, and the form stays as it was', async () => {
  const problem = { type: 'x', title: 'Conflict', status: 409, detail: 'Another flow has this address.', instance: 'r', code: 'conflict' };
  serve({ 'POST /api/flows/flow_1/versions': json(problem, 409) });
  page = await renderInEditor(dialog(), smallFlow());
  await type(page.find('textbox', /^Address/), 'taken');
  await click(page.find('button', 'Publish v1'));
  await until(() => page?.text().includes('Another flow has this address.') === true);
  expect(page.find('textbox', /^Address/)).toHaveProperty('value', 'taken');
});

test('publishing again makes no other key: the code says where the key goes, and a new one is a button', async () => {
  const { key: _secret, ...listed } = { ...key, id: 'key_9', name: 'Key of Small', hint: 'pb_live_…wxyz', flows: ['small'] };
  const others = [
    { ...listed, id: 'key_7', name: 'Revoked', revokedAt: '2026-01-01T00:00:00Z' },
    { ...listed, id: 'key_8', name: 'Of another', flows: ['other'] },
    { ...listed, id: 'key_6', name: 'Reads', scopes: ['read'] },
  ];
  const calls = serve({
    'POST /api/flows/flow_1/versions': json(version),
    'GET /api/keys': json({ keys: [...others, listed] }, 200),
    'POST /api/keys': json({ ...key, id: 'key_10', key: 'pb_live_another' }),
  });
  page = await renderInEditor(dialog(), smallFlow());
  await click(page.find('button', 'Publish v1'));
  await until(() => document.querySelector('[data-testid=snippet]') !== null);
  const snippet = () => document.querySelector('[data-testid=snippet]')?.textContent;
  expect(snippet()).toContain("'Authorization: Bearer YOUR_KEY'");
  expect(page.text()).toContain('The flow has a key already: “Key of Small”, pb_live_…wxyz.');
  expect(page.text()).not.toContain('Send test request');
  expect(calls.some((call) => call.path === 'POST /api/keys')).toBe(false);
  await click(page.find('button', 'Make a new key'));
  await until(() => snippet()?.includes('Bearer pb_live_another') === true);
  page.find('button', 'Send test request');
});

const publishedFlow = (flow = smallFlow()): FlowResource => ({ ...resource(flow), published: version });
const live = (flow: ReturnType<typeof smallFlow>) => ({ 'GET /api/flows/flow_1/versions/1': json({ ...version, flow }, 200) });

test('before publishing again it says in words what has changed since the live version', async () => {
  serve(live(smallFlow()));
  const draft = smallFlow();
  draft.nodes['more'] = { type: 'prompt', title: 'More', config: { template: 'More' } };
  Object.assign(draft.nodes['draft'] ?? {}, { title: 'First draft' });
  Object.assign(draft.nodes['draft']?.config ?? {}, { template: 'Sing about {{topic}}' });
  page = await renderInEditor(dialog(vi.fn(), publishedFlow()), draft);
  await until(() => page?.text().includes('Changed since v1') === true);
  expect(page.text()).toContain('Added: More');
  expect(page.text()).toMatch(/Changed: First draft \([^)]+, Name of the step\)/);
  page.find('button', 'Publish v2');
});

test('where nothing has changed it says so and asks twice, as it were', async () => {
  serve(live(smallFlow()));
  page = await renderInEditor(dialog(vi.fn(), publishedFlow()), smallFlow());
  await until(() => page?.text().includes('Nothing has changed since v1, which is live.') === true);
  page.find('button', 'Publish anyway');
  await type(page.find('textbox', /^Address/), 'other');
  page.find('button', 'Publish v2');
});

test('the test request shows the answer by the names of the outputs, and the events below', async () => {
  const events = [
    'event: run-start\ndata: {"run":"r"}\n\n',
    'event: output-chunk\ndata: {"output":"reply","text":"The sea"}\n\n',
    'event: run-end\ndata: {"status":"succeeded","outputs":{"reply":"The sea is wide."}}\n\n',
  ].join('');
  serve({
    'POST /api/flows/flow_1/versions': json(version),
    'GET /api/keys': json({ keys: [] }, 200),
    'POST /api/keys': json(key),
    'POST /v1/flows/small/runs': () => new Response(events, { headers: { 'Content-Type': 'text/event-stream' } }),
  });
  page = await renderInEditor(dialog(), smallFlow());
  await click(page.find('button', 'Publish v1'));
  await until(() => document.querySelector('[data-testid=snippet]') !== null);
  await click(page.find('button', 'Send test request'));
  const reply = () => document.querySelector('section[aria-label=Reply]');
  await until(() => reply()?.querySelector('section[aria-label=Reply]')?.textContent?.includes('The sea is wide.') === true);
  expect(page.text()).toContain('HTTP 200');
  expect(reply()?.textContent).toContain('run-end');
  expect(reply()?.querySelector('details')?.open).toBe(false);
});
