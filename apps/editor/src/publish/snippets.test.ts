// @vitest-environment node
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { Json } from '@patchbay/flow';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { curlSnippet, javascriptSnippet, pythonSnippet, pythonValue, type SnippetParts } from './snippets.ts';

const run = promisify(execFile);
interface Call {
  authorization: string | undefined;
  type: string | undefined;
  body: unknown;
}
const calls: Call[] = [];
/** Answers with what it was sent, as a published flow answers. */
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  request.on('end', () => {
    const body: unknown = JSON.parse(Buffer.from(text, 'latin1').toString('utf8'));
    calls.push({ authorization: request.headers.authorization, type: request.headers['content-type'], body });
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ outputs: { echo: 'ok' } }));
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/flows/support/runs`;
});
afterAll(() => server.close());

const nasty: Record<string, Json> = {
  text: `It's "quoted" \\ $HOME \`id\` !x %s {{chip}} \n second line\ttab — 你好 🌍 ' '' \u2028 </script>`,
  flag: true,
  off: false,
  none: null,
  number: -12.5e-7,
  list: [1, 'two', [], {}],
  data: { 'key with "quotes"': { deep: ["'"] } },
};
const parts = (): SnippetParts => ({ url, key: 'pb_live_abc', inputs: nasty });
const sent = { authorization: 'Bearer pb_live_abc', type: 'application/json', body: { inputs: nasty } };

test('the shown curl sends exactly the inputs, from a plain shell', async () => {
  const { stdout } = await run('sh', ['-c', curlSnippet(parts()).replace(/^curl /, 'curl -sS ')]);
  expect(JSON.parse(stdout)).toEqual({ outputs: { echo: 'ok' } });
  expect(calls.at(-1)).toEqual(sent);
});

test('the shown JavaScript does', async () => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', javascriptSnippet(parts())]);
  expect(stdout).toContain("echo: 'ok'");
  expect(calls.at(-1)).toEqual(sent);
});

test('the shown Python does', async () => {
  const { stdout } = await run('python3', ['-c', pythonSnippet(parts())]);
  expect(stdout.trim()).toBe("{'echo': 'ok'}");
  expect(calls.at(-1)).toEqual(sent);
});

test('any JSON written for Python is read back the same by Python', async () => {
  const values = fc
    .sample(fc.jsonValue({ maxDepth: 4 }), { numRuns: 300, seed: 7 })
    .map((value) => JSON.parse(JSON.stringify(value)) as Json);
  const program = `import json\nprint(json.dumps([${values.map((value) => pythonValue(value)).join(',\n')}]))`;
  const { stdout } = await run('python3', ['-c', program], { maxBuffer: 64 * 1024 * 1024 });
  const wellFormed = JSON.parse(JSON.stringify(values).toWellFormed()) as Json;
  expect(JSON.parse(stdout)).toEqual(wellFormed);
});

test('the key stands only in its header, so that leaving that line out leaves the key out', () => {
  const lines = curlSnippet(parts()).split('\n');
  expect(lines.filter((line) => line.includes('pb_live_abc'))).toEqual([`  -H 'Authorization: Bearer pb_live_abc' \\`]);
});
