import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modelFlow, plainFlow, scratchFolder } from '../test-server.ts';
import { type Answer, inside, startOverSockets } from './over-sockets.ts';

const html = '<!doctype html><script>alert(1)</script>';

async function withEditor() {
  const editorFolder = scratchFolder();
  mkdirSync(join(editorFolder, 'assets'));
  writeFileSync(join(editorFolder, 'index.html'), '<!doctype html><title>Editor</title>');
  writeFileSync(join(editorFolder, 'assets/a.js'), 'export {};');
  const server = await startOverSockets({}, { editorFolder });
  await server.publish({ ...plainFlow, name: html }, 'greet');
  await server.publish({ ...modelFlow('demo/echo'), name: 'Echo' }, 'echo');
  return { server, key: await server.makeKey(['run']) };
}

function policyOf({ headers }: Pick<Answer, 'headers'>): Map<string, string> {
  const parts = String(headers['content-security-policy'] ?? '').split('; ');
  return new Map(parts.map((part): [string, string] => [part.split(' ')[0] ?? '', part]));
}

test('every answer forbids guessing its type, being framed and sending its address on', async () => {
  const { server, key } = await withEditor();
  const body = { inputs: { name: html } };
  const answers: [name: string, answer: Answer][] = [
    ['page', await server.send('GET', '/')],
    ['address of the editor', await server.send('GET', '/flows/x/run')],
    ['file', await server.send('GET', '/assets/a.js')],
    ['health', await server.send('GET', '/health')],
    ['list', await server.asOwner('GET', '/api/flows')],
    ['nothing there', await server.send('GET', '/nothing')],
    ['wrong method', await server.send('DELETE', '/')],
    ['no key', await server.send('GET', '/api/flows')],
    ['other host', await server.send('GET', '/', { headers: { host: 'evil.example' } })],
    ['unreadable host', await server.send('GET', '/', { headers: { host: 'a/b' } })],
    ['run', await server.call('greet', key, body)],
    ['events', await server.call('greet', key, body, { accept: 'text/event-stream' })],
    ['broken body', await server.call('greet', key, '{')],
    ['wrong input', await server.call('greet', key, { inputs: { x: 1 } })],
    ['expectation', await server.call('greet', key, body, { expect: 'a-banana' })],
    ['too long an address', await server.send('GET', `/${'x'.repeat(20_000)}`)],
    ['deleted', await server.asOwner('DELETE', `/api/flows/${(await server.asOwner('GET', '/api/flows')).json.flows[0].id}`)],
  ];
  for (const [name, answer] of answers) {
    expect(answer.headers['x-content-type-options'], name).toBe('nosniff');
    expect(answer.headers['referrer-policy'], name).toBe('no-referrer');
    expect(policyOf(answer).get('frame-ancestors'), name).toBe("frame-ancestors 'none'");
    expect(policyOf(answer).get('default-src'), name).toBe("default-src 'none'");
    expect(answer.headers['content-security-policy'], name).not.toMatch(/unsafe|\*|https?:/);
    expect(answer.headers['x-powered-by'], name).toBeUndefined();
    expect(answer.headers.server, name).toBeUndefined();
    expect(answer.text, name).not.toMatch(inside);
    const isPage = String(answer.headers['content-type']).startsWith('text/html');
    if (answer.status >= 400) expect(answer.headers['content-type'], name).toContain('application/problem+json');
    if (!isPage && name !== 'file') expect(policyOf(answer).has('sandbox'), name).toBe(true);
  }
});

test('the page’s policy lets in what is ours and nothing else', async () => {
  const { server } = await withEditor();
  const page = await server.send('GET', '/');
  const policy = policyOf(page);
  for (const [name, value] of Object.entries({
    'script-src': "'self'",
    'style-src': "'self'",
    'connect-src': "'self'",
    'font-src': "'self'",
    'img-src': "'self' data: blob:",
    'base-uri': "'none'",
    'form-action': "'self'",
    'object-src': "'none'",
    'require-trusted-types-for': "'script'",
  })) {
    expect(policy.get(name)).toBe(`${name} ${value}`);
  }
  expect(policy.get('trusted-types')).toMatch(/^trusted-types patchbay$/);
  expect(page.headers).toMatchObject({ 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' });
});

test.each(['text/html', '*/*', 'application/xhtml+xml', 'image/svg+xml', 'text/html;q=1,text/event-stream;q=0.1', 'nonsense'])(
  'a flow asked for %s never answers as a page, whatever a model says',
  async (accept) => {
    const { server, key } = await withEditor();
    for (const slug of ['greet', 'echo']) {
      const answer = await server.call(slug, key, { inputs: { name: html } }, { accept });
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toMatch(/^(?:application\/json|text\/event-stream); charset=utf-8$/);
      expect(policyOf(answer).has('sandbox')).toBe(true);
      expect(answer.headers['cache-control']).toContain('no-store');
    }
  },
);

test.each([
  '/../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..%2f..%2fetc/passwd',
  '/..\\..\\etc\\passwd',
  '/assets/../index.html',
  '/assets/%2e%2e/index.html',
  '/assets/a.js/../../index.html',
  '/assets//a.js',
  '/assets/a.js%00.html',
  '//evil.example/',
  '/index.html%00',
  '*',
  '/%',
  '/%ff',
  '/assets',
])('the path %s leads to no file', async (path) => {
  const { server } = await withEditor();
  const answer = await server.send('GET', path);
  expect([400, 404]).toContain(answer.status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
});
