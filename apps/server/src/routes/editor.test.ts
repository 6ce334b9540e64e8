import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { scratchFolder, startTestServer } from '../test-server.ts';
import { pages } from './editor.ts';

const script = `console.log("${'x'.repeat(5_000)}")`;

function builtEditor(): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><div id="root"></div>');
  writeFileSync(join(folder, 'assets', 'main-a1b2.js'), script);
  writeFileSync(join(folder, 'assets', 'inter.woff2'), Buffer.alloc(4_000, 1));
  writeFileSync(join(folder, 'icon.svg'), '<svg/>');
  writeFileSync(join(folder, 'notes.secret'), 'not for the web');
  return folder;
}

test.each(['/', '/flows/flow_1', '/runs', '/runs/run_1', '/templates', '/knowledge', '/knowledge/kb_1', '/connections', '/settings'])(
  '%s is the editor’s page, never kept',
  async (path) => {
    const { send } = await startTestServer({}, builtEditor());
    const response = await send('GET', path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('id="root"');
  },
);

test('every page that the editor draws can be opened by its address', () => {
  const router = readFileSync(fileURLToPath(new URL('../../../editor/src/app/router.tsx', import.meta.url)), 'utf8');
  const drawn = [...router.matchAll(/^ *path: '(.+)',$/gm)].map(([, path = '']) => path.replaceAll('$', ':'));
  expect(drawn).toContain('/knowledge/:id');
  expect(drawn.filter((path) => !pages.includes(path))).toEqual([]);
});

test('assets are kept for ever, compressed for who can read that, and typed', async () => {
  const { send } = await startTestServer({}, builtEditor());
  const plain = await send('GET', '/assets/main-a1b2.js');
  expect(plain.headers.get('cache-control')).toContain('immutable');
  expect(plain.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(await plain.text()).toBe(script);
  const small = await send('GET', '/assets/main-a1b2.js', undefined, { 'accept-encoding': 'br, gzip' });
  expect(small.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(Buffer.from(await small.arrayBuffer())).toString()).toBe(script);
  const font = await send('GET', '/assets/inter.woff2', undefined, { 'accept-encoding': 'gzip' });
  expect(font.headers.get('content-encoding')).toBeNull();
  expect(font.headers.get('content-type')).toBe('font/woff2');
  expect((await send('GET', '/icon.svg')).headers.get('content-security-policy')).toContain("default-src 'none'");
});

test.each([
  '/notes.secret',
  '/assets/',
  '/assets/none.js',
  '/assets/..%2findex.html',
  '/%2e%2e/package.json',
  '/index.html/',
  '/flows',
  '/etc/passwd',
])('%s is not there', async (path) => {
  const { send } = await startTestServer({}, builtEditor());
  const response = await send('GET', path);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toContain('problem+json');
});

test('an address that is nobody’s is the editor’s page for a person, with status 404, and a problem for a program', async () => {
  const { send } = await startTestServer({}, builtEditor());
  const browser = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  for (const path of ['/nope', '/flows', '/flows/a/b/c', '/apiary']) {
    const response = await send('GET', path, undefined, browser);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('id="root"');
  }
  const others: [string, string, Record<string, string>][] = [
    ['GET', '/nope', {}],
    ['GET', '/nope', { ...browser, 'sec-fetch-mode': 'cors' }],
    ['GET', '/assets/none.js', browser],
    ['GET', '/v1', browser],
    ['GET', '/v1/flows/x', browser],
    ['POST', '/nope', browser],
  ];
  for (const [method, path, headers] of others) {
    const response = await send(method, path, undefined, headers);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('problem+json');
  }
  expect((await send('GET', '/api/nope', undefined, browser)).headers.get('content-type')).toContain('problem+json');
  expect((await send('GET', '/v1/flows/x/runs', undefined, browser)).status).toBe(405);
});

test('an editor that is not built is a page that says so, in the reader’s language', async () => {
  const { send } = await startTestServer();
  const english = await send('GET', '/');
  expect(english.status).toBe(503);
  expect(await english.text()).toContain('npm start');
  expect(await (await send('GET', '/', undefined, { 'accept-language': 'zh-CN' })).text()).toMatch(/lang="zh-Hans".*\p{Script=Han}/su);
});
