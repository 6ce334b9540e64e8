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
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    calls.push({ path, body: JSON.parse(String(init.body ?? 'null')) });
    return answers[path]?.() ?? new Response('{}', { status: 404 });
  });
  return calls;
}
const json =
  (body: object, status = 201) =>
  () =>
    new Response(JSON.stringify(body), { status });
const version = { version: 1, slug: 'small', endpoint: '/v1/flows/small/runs', publishedAt: '2026-01-01T00:00:00Z' };
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
  const calls = serve({ '/api/flows/flow_1/versions': json(version), '/api/keys': json(key) });
  page = await renderInEditor(dialog(), smallFlow());
  await click(page.find('button', 'Publish v1'));
  await until(() => document.querySelector('[data-testid=snippet]') !== null);
  expect(calls.map((call) => call.path)).toEqual(['/api/flows/flow_1/versions', '/api/keys']);
  expect(calls[1]?.body).toMatchObject({ scopes: ['run'], flows: ['small'] });
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
  serve({ '/api/flows/flow_1/versions': json(problem, 409) });
  page = await renderInEditor(dialog(), smallFlow());
  await type(page.find('textbox', /^Address/), 'taken');
  await click(page.find('button', 'Publish v1'));
  await until(() => page?.text().includes('Another flow has this address.') === true);
  expect(page.find('textbox', /^Address/)).toHaveProperty('value', 'taken');
});
