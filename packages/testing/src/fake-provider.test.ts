import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { type FakeProvider, type FakeProviderOptions, type Fault, startFakeProvider } from './index.ts';

let provider: FakeProvider | undefined;
const start = async (options?: FakeProviderOptions): Promise<FakeProvider> => {
  provider = await startFakeProvider(options);
  return provider;
};
afterEach(async () => {
  await provider?.close();
  provider = undefined;
});

const ask = (url: string, body: object, init: RequestInit = {}) =>
  fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'one two' }], ...body }),
    ...init,
  });

test('echoes the last user message with usage, and records the call', async () => {
  const { url, calls } = await start();
  const answer = await (await ask(url, {})).json();
  expect(answer).toMatchObject({
    model: 'm',
    choices: [{ message: { content: 'one two' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10 },
  });
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions', aborted: false, body: { model: 'm' } });
});

test('streams in words, with usage only where it was asked', async () => {
  const { url } = await start();
  const text = await (await ask(url, { stream: true })).text();
  const events = text.split('\n\n').filter((line) => line !== '');
  expect(events.at(-1)).toBe('data: [DONE]');
  expect(events.map((line) => line.match(/"content":"([^"]*)"/)?.[1]).filter(Boolean)).toEqual(['one ', 'two']);
  expect(text).not.toContain('prompt_tokens');
  const counted = await (await ask(url, { stream: true, stream_options: { include_usage: true } })).text();
  expect(counted).toContain('"prompt_tokens":10');
});

test('answers a schema with a value that fits it', async () => {
  const { url } = await start();
  const schema = {
    type: 'object',
    properties: { label: { enum: ['a', 'b'] }, score: { type: 'number' }, tags: { type: 'array', items: { type: 'string' } } },
  };
  const answer = (await (await ask(url, { response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } })).json()) as {
    choices: { message: { content: string } }[];
  };
  expect(JSON.parse(answer.choices[0]?.message.content ?? '')).toEqual({ label: 'a', score: 0, tags: ['text'] });
});

test('a script is used up line by line, then the usual reply comes back', async () => {
  const fake = await start({ reply: (request) => ({ text: `usual for ${request.model}` }) });
  fake.script({ text: 'first' }, { fault: { kind: 'status', status: 429, retryAfter: '2' } });
  expect(await (await ask(fake.url, {})).text()).toContain('first');
  const limited = await ask(fake.url, {});
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
  expect(await (await ask(fake.url, {})).text()).toContain('usual for m');
});

test('a wrong key is refused and models are listed', async () => {
  const { url } = await start({ apiKey: 'right', models: ['a', 'b'] });
  expect((await ask(url, {})).status).toBe(401);
  const list = await (await fetch(`${url}/models`, { headers: { authorization: 'Bearer right' } })).json();
  expect(list).toMatchObject({ data: [{ id: 'a' }, { id: 'b' }] });
});

test('sees that a caller left, and when', async () => {
  const fake = await start();
  fake.script({ fault: { kind: 'hang' } });
  const leaving = new AbortController();
  const asked = ask(fake.url, {}, { signal: leaving.signal });
  await fake.waitForCalls(1);
  leaving.abort();
  await expect(asked).rejects.toThrow();
  await expect.poll(() => fake.calls[0]?.aborted).toBe(true);
  expect(fake.calls[0]?.abortedAtMs).toBeGreaterThan(fake.calls[0]?.atMs ?? 0);
});

const broken: [Fault, RegExp][] = [
  [{ kind: 'cut', after: 2 }, /terminated|socket|closed|reset/i],
  [{ kind: 'reset' }, /fetch failed|reset|closed/i],
];
test.each(broken)('breaks the connection: %o', async (fault, message) => {
  const fake = await start();
  fake.script({ fault });
  await expect(ask(fake.url, { stream: true }).then((response) => response.text())).rejects.toThrow(message);
});

const odd: [Fault, (text: string) => void][] = [
  [{ kind: 'early-end', after: 2 }, (text) => expect(text).not.toContain('finish_reason":"stop')],
  [{ kind: 'no-done' }, (text) => expect(text).not.toContain('[DONE]')],
  [{ kind: 'malformed' }, (text) => expect(text).toContain('{"delta":{"cont\n')],
  [{ kind: 'empty-choices' }, (text) => expect(text).toContain('"choices":[]')],
  [{ kind: 'null-content' }, (text) => expect(text).not.toContain('one')],
  [{ kind: 'refusal', text: 'No.' }, (text) => expect(text).toContain('"refusal":"No."')],
  [{ kind: 'no-usage' }, (text) => expect(text).not.toContain('prompt_tokens')],
  [{ kind: 'error-event', after: 1, code: 'server_error', message: 'Sorry' }, (text) => expect(text).toContain('"message":"Sorry"')],
  [{ kind: 'long-line', bytes: 300_000 }, (text) => expect(text.length).toBeGreaterThan(300_000)],
  [{ kind: 'split-bytes' }, (text) => expect(text).toContain('data: [DONE]')],
];
test.each(odd)('streams oddly: %o', async (fault, check) => {
  const fake = await start();
  fake.script({ fault });
  check(await (await ask(fake.url, { stream: true, stream_options: { include_usage: true } })).text());
});

test('sends exactly the pieces it is given', async () => {
  const fake = await start();
  const half = new Uint8Array([0xe4, 0xbd]);
  fake.script({ fault: { kind: 'raw', pieces: ['data: ', half, new Uint8Array([0xa0]), '\n\n'], headers: { 'x-odd': 'yes' } } });
  const answer = await ask(fake.url, { stream: true });
  expect(answer.headers.get('x-odd')).toBe('yes');
  expect(await answer.text()).toBe('data: 你\n\n');
  fake.script({ fault: { kind: 'raw', pieces: ['data: '], ending: 'cut' } });
  await expect(ask(fake.url, { stream: true }).then((response) => response.text())).rejects.toThrow();
});

test('streams without end until the caller leaves, no faster than it reads', async () => {
  const fake = await start();
  fake.script({ fault: { kind: 'endless', text: 'word '.repeat(10_000) } });
  const leaving = new AbortController();
  const answer = await ask(fake.url, { stream: true }, { signal: leaving.signal });
  const reader = answer.body?.getReader();
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
  expect(fake.calls[0]?.bytesSent()).toBeGreaterThan(0);
  leaving.abort();
  await expect.poll(() => fake.calls[0]?.aborted, { timeout: 10_000 }).toBe(true);
});

test('runs as a process that says its address in one line of JSON', async () => {
  const script = fileURLToPath(new URL('./fake-provider.main.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { env: { ...process.env, FAKE_TEXT: 'fixed' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
  const { port, url } = JSON.parse(line) as { port: number; url: string };
  expect(url).toBe(`http://127.0.0.1:${port}/v1`);
  expect(await (await ask(url, {})).text()).toContain('fixed');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});
