import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { modelFlow, plainFlow, scratchFolder } from '../test-server.ts';
import { runProgram } from './program.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const supportFlow = fileURLToPath(new URL('../../../../packages/templates/flows/support/support.json', import.meta.url));
const clean = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/_API_KEY$|_BASE_URL$|^PATCHBAY_|^(?:INIT_CWD|PORT|HOST|LANG|LC_ALL)$/.test(name)),
);
clean['PATCHBAY_DEMO_DELAY_MS'] = '0';

function patchbay(
  args: string[],
  { env = {}, cwd = scratchFolder(), input = '' }: { env?: Record<string, string>; cwd?: string; input?: string } = {},
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    env: { ...clean, ...env },
    cwd,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** The same program without a process of its own. */
async function inProcess(args: string[], environment: Record<string, string> = {}) {
  let [stdout, stderr] = ['', ''];
  const status = await runProgram(args, {
    out: (text) => {
      stdout += `${text}\n`;
    },
    error: (text) => {
      stderr += `${text}\n`;
    },
    environment,
    workingFolder: scratchFolder(),
  });
  return { status, stdout, stderr };
}

function flowFile(flow: unknown): string {
  const file = join(scratchFolder(), 'flow.json');
  writeFileSync(file, typeof flow === 'string' ? flow : JSON.stringify(flow));
  return file;
}

test('run prints the bare outputs, and only these, to standard output', () => {
  const { status, stdout } = patchbay(['run', supportFlow, '--inputs', '{"text":"Where is my refund?"}']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ topic: 'refund', reply: expect.stringContaining('refund') });
});

test('run reads inputs from a file or standard input, and streams when asked', () => {
  const flow = flowFile(plainFlow);
  const inputs = flowFile('{"name":"Ada"}');
  expect(JSON.parse(patchbay(['run', flow, '--inputs', `@${inputs}`]).stdout)).toEqual({ greeting: 'Hello Ada!' });
  expect(JSON.parse(patchbay(['run', flow, '--inputs', '-'], { input: '{"name":"Bo"}' }).stdout)).toEqual({ greeting: 'Hello Bo!' });
  const streamed = patchbay(['run', flowFile(modelFlow('demo/echo')), '--inputs', '{"name":"Ada"}', '--stream']);
  expect(streamed.stderr).toContain('greeting: Hello Ada!');
  expect(JSON.parse(streamed.stdout)).toEqual({ greeting: 'Hello Ada!' });
});

test('a path is relative to where the command was started', () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'f.json'), JSON.stringify(plainFlow));
  const { status } = patchbay(['run', 'f.json', '--inputs', '{"name":"A"}'], { env: { INIT_CWD: folder } });
  expect(status).toBe(0);
});

test('run calls the provider that is set, and a provider that fails is exit code 3 with a sentence', async () => {
  const provider = await startFakeProvider({ reply: { text: 'Real' } });
  onTestFinished(() => provider.close());
  const args = [main, 'run', flowFile(modelFlow('auto')), '--inputs', '{"name":"A"}'];
  const env = { ...clean, OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' };
  expect(JSON.parse((await spawned(args, env)).stdout)).toEqual({ greeting: 'Real' });
  provider.script({ fault: { kind: 'status', status: 401 } });
  const failed = await spawned(args, env);
  expect(failed.status).toBe(3);
  expect(failed.stderr).toMatch(/^ask: .+/m);
  expect(failed.stderr).not.toMatch(/ {4}at /);
});

test.each([
  ['a flow that is none', () => ['run', flowFile('{"a":1}')], 1],
  ['a flow that is no JSON', () => ['run', flowFile('{')], 1],
  ['a flow with problems', () => ['run', flowFile({ ...plainFlow, edges: [{ from: 'in.name', to: 'gone.x' }] })], 1],
  ['a file that is not there', () => ['run', '/nowhere/flow.json'], 1],
  ['inputs that are no JSON', () => ['run', flowFile(plainFlow), '--inputs', 'x'], 1],
  ['an input that is missing', () => ['run', flowFile(plainFlow)], 1],
  ['an option that does not exist', () => ['run', flowFile(plainFlow), '--nonsense'], 2],
  ['no file', () => ['check'], 2],
  ['a command that does not exist', () => ['fly'], 2],
  ['a scope that does not exist', () => ['keys', 'create', '--name', 'x', '--scope', 'admin'], 1],
  ['a key without a name', () => ['keys', 'create', '--scope', 'run'], 2],
  ['a bad port', () => ['start'], 1, { PORT: 'many' }],
  ['a bind to the world', () => ['start'], 1, { HOST: '0.0.0.0' }],
] as [string, () => string[], number, Record<string, string>?][])(
  '%s is a sentence and an exit code',
  async (_name, args, code, environment = {}) => {
    const { status, stderr } = await inProcess(args(), environment);
    expect(status).toBe(code);
    expect(stderr.length).toBeGreaterThan(10);
    expect(stderr).not.toMatch(/ {4}at /);
  },
);

test('check prints every problem with its place, and nothing wrong is no problem', async () => {
  expect(await inProcess(['check', supportFlow])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^No problems\.\nCalls of models in a run: 2; about .* free, since the demo model answers\.\n$/),
  });
  const broken = flowFile(
    JSON.stringify(
      {
        ...plainFlow,
        edges: [
          { from: 'in.name', to: 'gone.x' },
          { from: 'lost.y', to: 'out.greeting' },
        ],
      },
      null,
      2,
    ),
  );
  const text = await inProcess(['check', broken]);
  expect(text.status).toBe(1);
  expect(text.stdout).toMatch(/error {2}\/edges\/0\/to .*gone/);
  expect(text.stdout).toMatch(/error {2}\/edges\/1\/from .*lost/);
  expect(JSON.parse((await inProcess(['check', broken, '--json'])).stdout).problems.length).toBeGreaterThanOrEqual(2);
  expect((await inProcess(['check', broken], { LANG: 'zh_CN.UTF-8' })).stdout).toMatch(/\p{Script=Han}/u);
});

test('help is no mistake', async () => {
  expect(await inProcess(['--version'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n?$/), stderr: '' });
  expect(await inProcess(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('keys create') });
  expect((await inProcess([])).status).toBe(0);
});

test('a server starts, makes keys work that were made beside it, and stops in order', async () => {
  const folder = scratchFolder();
  const server = await started({ PORT: '0', PATCHBAY_DATA: 'my-data', INIT_CWD: folder });
  expect(existsSync(join(folder, 'my-data', 'patchbay.db'))).toBe(true);
  const made = patchbay(['keys', 'create', '--name', 'ci', '--scope', 'manage'], { env: { PATCHBAY_DATA: 'my-data', INIT_CWD: folder } });
  expect(made.status).toBe(0);
  const headers = { authorization: `Bearer ${made.stdout.trim()}`, 'content-type': 'application/json' };
  const flow = await fetch(`${server.url}/api/flows`, { method: 'POST', headers, body: JSON.stringify(plainFlow) });
  expect(flow.status).toBe(201);
  expect(await server.stop()).toBe(0);
  expect(existsSync(join(folder, 'my-data', 'patchbay.db-wal'))).toBe(false);
  const again = await started({ PORT: '0', PATCHBAY_DATA: 'my-data', INIT_CWD: folder });
  const list = (await (await fetch(`${again.url}/api/flows`, { headers })).json()) as { flows: unknown[] };
  expect(list.flows).toHaveLength(1);
  expect(await again.stop()).toBe(0);
});

test('a port in use, and a database that is none, are sentences', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void holder.close());
  const { port } = holder.address() as { port: number };
  const busy = patchbay(['start'], { env: { PORT: String(port) } });
  expect(busy).toMatchObject({ status: 1, stderr: expect.stringContaining(`PORT=${port + 1}`) });

  const folder = scratchFolder();
  const file = join(folder, 'patchbay.db');
  writeFileSync(file, 'not a database, only a text that is long enough');
  const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex');
  const before = hash();
  expect(patchbay(['start'], { env: { PORT: '0', PATCHBAY_DATA: folder } })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('damaged'),
  });
  expect(hash()).toBe(before);
});

test('a second server on the same data is refused; commands beside it work, and a killed one leaves no lock', {
  timeout: 120_000,
}, async () => {
  const folder = scratchFolder();
  const env = { PORT: '0', PATCHBAY_DATA: folder };
  const first = await started(env);
  const second = patchbay(['start'], { env });
  expect(second).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining(`Another Patchbay runs on the data in ${folder}`),
  });
  const beside = await Promise.all(
    [['backup', join(folder, 'copy.db')], ['secrets', 'rotate'], ['keys', 'create', '--name', 'K', '--scope', 'run'], ['doctor']].map(
      (args) => spawned([main, ...args], { ...clean, ...env }),
    ),
  );
  expect(beside.slice(0, 3).map(({ status, stderr }) => [status, status === 0 ? '' : stderr])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ]);
  expect(beside[3]?.stdout).toContain(`The data folder ${folder} can be used.`);
  expect((await fetch(`${first.url}/health`)).status).toBe(200);
  first.kill();
  const again = await started(env);
  expect(await again.stop()).toBe(0);
});

test('doctor says what is there and what is missing', async () => {
  const { stdout } = await inProcess(['doctor'], { OPENAI_API_KEY: 'sk-secret-value' });
  expect(stdout).toContain(`Node ${process.versions.node}`);
  expect(stdout).toContain('OPENAI_API_KEY');
  expect(stdout).not.toContain('sk-secret-value');
});

/** Without blocking, so that a server of the test itself can answer. */
function spawned(args: string[], env: NodeJS.ProcessEnv): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, args, { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stdout, stderr })));
}

function started(env: Record<string, string>): Promise<{ url: string; stop(): Promise<number | null>; kill(): void }> {
  const child = spawn(process.execPath, [main, 'start'], { env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return new Promise((resolve, reject) => {
    ended.then((code) => reject(new Error(`ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (url === undefined) return;
      resolve({
        url,
        stop() {
          child.kill('SIGTERM');
          return ended;
        },
        kill: () => void child.kill('SIGKILL'),
      });
    });
  });
}
