import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000 });

/** Every module a program loads, told by the coverage the engine writes when it ends. */
function loadedBy(program: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-loaded-'));
  try {
    const env = { ...process.env, NODE_V8_COVERAGE: folder };
    const run = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
      cwd: import.meta.dirname,
      env,
      encoding: 'utf8',
    });
    expect(run.stderr.replaceAll(/.*ExperimentalWarning.*\n|.*--trace-warnings.*\n/g, '')).toBe('');
    return readdirSync(folder).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] };
      return result.map(({ url }) => url);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const keys = ['OPENAI', 'ANTHROPIC', 'GEMINI', 'DEEPSEEK', 'MISTRAL', 'DASHSCOPE'].map((name) => `${name}_API_KEY: 'k'`).join(', ');
// A port that is refused before anything is sent.
const clouds = `ANTHROPIC_BASE_URL: 'http://127.0.0.1:9', AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com', AWS_REGION: 'eu-west-1', AWS_BEARER_TOKEN_BEDROCK: 'k', GOOGLE_VERTEX_API_KEY: 'k'`;
const open = `import { createHost } from './index.ts'; const host = createHost({ env: { ${keys}, ${clouds} } }); host.world({ locale: 'en' });`;

test('no provider package is loaded before one of its models is asked', () => {
  const loaded = loadedBy(`${open} await host.close();`);
  expect(loaded.some((url) => url.endsWith('/host/src/index.ts'))).toBe(true);
  expect(loaded.filter((url) => /\/@(?:ai-sdk|modelcontextprotocol)\//.test(url))).toEqual([]);
});

test('the package of the provider that is asked is loaded, and only its own', () => {
  const step = `{ run: 'r', node: 'n', scope: '', attempt: 1, signal: new AbortController().signal, report() {} }`;
  const ask = `await host.world({ locale: 'en' }).models(${step}).chat({ model: 'anthropic/x', messages: [] }).catch(() => {});`;
  const loaded = loadedBy(`${open} ${ask} await host.close();`).filter((url) => url.includes('/@ai-sdk/'));
  expect(loaded.some((url) => url.includes('/@ai-sdk/anthropic/'))).toBe(true);
  expect(loaded.some((url) => url.includes('/@ai-sdk/google/'))).toBe(false);
});
