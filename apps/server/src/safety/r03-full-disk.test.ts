import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { modelFlow, plainFlow, scratchFolder } from '../test-server.ts';
import { createClient, pause, publish } from './crash/client.ts';
import { ownerAt } from './crash/owner.ts';
import { program, type ServerProcess, startServer } from './crash/server-process.ts';
import { readStore } from './crash/store.ts';

/** Whether a limit on the size of files can be set for a process that runs: it needs no rights, but the command. */
const limits = process.platform === 'linux' && spawnSync('prlimit', ['--pid', String(process.pid), '--fsize']).status === 0;
if (!limits) console.warn('There is no prlimit here, so the tests of a full disk are left out.');

function limitFiles({ pid }: ServerProcess, bytes: number | 'unlimited'): void {
  expect(spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]).status).toBe(0);
}

/** Lets no file of the process grow: every write that needs space fails as on a full disk. */
function fill(server: ServerProcess, dataFolder: string): void {
  limitFiles(server, Math.max(...readdirSync(dataFolder).map((name) => statSync(join(dataFolder, name)).size)));
}

test.runIf(limits)(
  'on a full disk writes are refused, the rest works, and writes work again when there is space',
  { timeout: 240_000 },
  async () => {
    let slow = true;
    const provider = await startFakeProvider({ reply: () => (slow ? { delayMs: 3_000 } : {}) });
    onTestFinished(() => provider.close());
    const dataFolder = scratchFolder();
    const server = await startServer(dataFolder, { OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
    onTestFinished(() => server.signal('SIGKILL'));
    const key = await publish(server.url, 'ask', modelFlow('auto'));
    const caller = { authorization: `Bearer ${key}` };
    const owner = await ownerAt(server.url);
    const client = createClient(() => server.url, key);
    const { id } = await owner.done('POST', '/api/flows', plainFlow);
    const draft = await owner.done('GET', `/api/flows/${id}`);
    const health = async () => ((await (await fetch(`${server.url}/health`)).json()) as { status: string }).status;
    expect(await health()).toBe('ok');
    // Accepted, so they are owed an end, and that comes while there is no space for it.
    const accepted = await Promise.all(Array.from({ length: 5 }, (_, at) => client.start('ask', `early ${at}`)));
    await provider.waitForCalls(5);

    fill(server, dataFolder);
    slow = false;
    const refused = { status: 507, json: { code: 'storage_full', status: 507 } };
    const save = () => owner.ask('PUT', `/api/flows/${id}`, { ...plainFlow, name: 'Saved' }, { 'if-match': draft.etag });
    const run = (headers: Record<string, string> = {}) =>
      owner.ask('POST', '/v1/flows/ask/runs', { inputs: { name: 'Ada' } }, { ...caller, ...headers });
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await save()).toMatchObject(refused);
      expect(await owner.ask('POST', '/api/flows', plainFlow)).toMatchObject(refused);
      expect(await owner.ask('POST', `/api/flows/${id}/versions`, { slug: 'full' })).toMatchObject(refused);
      expect(await owner.ask('POST', '/api/keys', { name: 'full', scopes: ['run'] })).toMatchObject(refused);
      expect(await run()).toMatchObject(refused);
      expect(await run({ 'idempotency-key': `full ${turn}` })).toMatchObject(refused);
      expect(await run({ prefer: 'respond-async' })).toMatchObject(refused);
      // What only reads does not notice.
      expect(await health()).toBe('degraded');
      expect((await (await ownerAt(server.url)).done('GET', '/api/flows')).flows).toHaveLength(2);
      expect(await owner.done('GET', `/api/flows/${id}`)).toEqual(draft);
      expect((await owner.done('GET', '/api/flows')).flows).toHaveLength(2);
      expect((await owner.done('GET', '/api/runs')).runs.length).toBeGreaterThanOrEqual(5);
      expect((await owner.done('POST', `/api/flows/${id}/check`)).problems).toEqual([]);
      for (const one of accepted) expect(['queued', 'running']).toContain(await client.status(one));
    }
    // Their answers come now, and cannot be stored.
    await pause(3_500);

    limitFiles(server, 'unlimited');
    await expect.poll(health, { timeout: 30_000 }).toBe('ok');
    expect((await save()).status).toBe(200);
    expect((await run()).status).toBe(200);
    expect(await run({ 'idempotency-key': 'full 0' })).toMatchObject({ status: 200, json: { outputs: { greeting: 'Hello Ada!' } } });
    for (const [at, one] of accepted.entries()) {
      while ((await client.status(one)) !== 'succeeded') await pause(50);
      expect(await client.state(one)).toMatchObject({ outputs: { greeting: `Hello early ${at}!` } });
    }
    expect((await owner.done('GET', `/api/flows/${id}`)).flow.name).toBe('Saved');
    server.signal('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(readStore(dataFolder)).toMatchObject({ integrity: 'ok', brokenReferences: [] });
  },
);

test.runIf(limits)('where there is no space for a backup there is none, and the data goes on', { timeout: 120_000 }, async () => {
  const dataFolder = scratchFolder();
  const server = await startServer(dataFolder, {});
  onTestFinished(() => server.signal('SIGKILL'));
  await publish(server.url, 'greet', plainFlow);
  const folder = scratchFolder();
  const limited = spawnSync(
    'prlimit',
    [`--fsize=${16 * 4_096}:unlimited`, process.execPath, program, 'backup', folder, '--data', dataFolder],
    {
      encoding: 'utf8',
    },
  );
  expect(limited).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('not enough space') });
  expect(readdirSync(folder)).toEqual([]);
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);
});
