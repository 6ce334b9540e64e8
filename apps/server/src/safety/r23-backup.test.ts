import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFakeProvider } from '@patchbay/testing';
import Driver from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { modelFlow, plainFlow, readJson, scratchFolder, startTestServer } from '../test-server.ts';
import { createClient, pause, publish } from './crash/client.ts';
import { commandHere, runCommand } from './crash/command.ts';
import { makeOlderStore } from './crash/older-store.ts';
import { ownerAt } from './crash/owner.ts';
import { type ServerProcess, startServer } from './crash/server-process.ts';

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

async function serve(dataFolder: string, environment: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServer(dataFolder, environment);
  onTestFinished(() => server.signal('SIGKILL'));
  return server;
}

async function stop(server: ServerProcess): Promise<void> {
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);
}

/** A stopped installation with two flows, a run and a connection to the provider. */
async function installation() {
  const provider = await startFakeProvider({ apiKey: 'sk-of-the-provider', models: ['best'] });
  onTestFinished(() => provider.close());
  const dataFolder = scratchFolder();
  const server = await serve(dataFolder);
  const key = await publish(server.url, 'ask', modelFlow('openai/best'));
  const owner = await ownerAt(server.url);
  const connection = { kind: 'provider', provider: 'openai', key: 'sk-of-the-provider', baseUrl: provider.url };
  await owner.done('POST', '/api/credentials', connection);
  const client = createClient(() => server.url, key);
  return { provider, dataFolder, server, key, owner, client };
}

const endOf = async (client: ReturnType<typeof createClient>, id: string): Promise<string> => {
  for (;;) {
    const status = await client.status(id);
    if (status !== 'queued' && status !== 'running') return status;
    await pause(20);
  }
};

test('a backup taken while runs go on is the same installation elsewhere', { timeout: 240_000 }, async () => {
  const { dataFolder, server, key, owner, client } = await installation();
  const flow = (await owner.done('GET', '/api/flows')).flows[0];
  const exported = await owner.done('GET', `/api/flows/${flow.id}`);
  const version = await owner.done('GET', `/api/flows/${flow.id}/versions/1`);
  const before = await Promise.all(Array.from({ length: 20 }, (_, at) => client.start('ask', `before ${at}`)));
  for (const id of before) expect(await endOf(client, id)).toBe('succeeded');

  // Callers do not pause while the copy is taken.
  let copying = true;
  let during = 0;
  const caller = async (name: number): Promise<void> => {
    for (let at = 0; copying; at += 1) {
      await endOf(client, await client.start('ask', `during ${name} ${at}`));
      during += 1;
    }
  };
  const callers = Array.from({ length: 8 }, (_, name) => caller(name));
  const target = join(scratchFolder(), 'copy.db');
  const backup = await runCommand(['backup', target, '--data', dataFolder]);
  copying = false;
  await Promise.all(callers);
  expect(backup).toMatchObject({ code: 0, stdout: `${target}\n` });
  expect(backup.stderr).toContain('Keep a copy of that file in another place');
  expect(during).toBeGreaterThan(0);
  expect(statSync(target).mode & 0o777).toBe(0o600);
  await stop(server);

  const elsewhere = join(scratchFolder(), 'new');
  const keyFile = join(dataFolder, 'secret-keys.json');
  const restored = await runCommand(['restore', target, '--data', elsewhere, '--keys', keyFile]);
  expect(restored).toMatchObject({ code: 0, stderr: expect.stringContaining('open with the keys there are: 1') });
  expect(statSync(join(elsewhere, 'patchbay.db')).mode & 0o777).toBe(0o600);
  // Nothing of the first installation is needed any more.
  rmSync(dataFolder, { recursive: true });

  const second = await serve(elsewhere);
  const again = await ownerAt(second.url);
  expect(await again.done('GET', `/api/flows/${flow.id}`)).toEqual(exported);
  expect(await again.done('GET', `/api/flows/${flow.id}/versions/1`)).toEqual(version);
  const caller2 = createClient(() => second.url, key);
  for (const [at, id] of before.entries()) {
    expect(await caller2.state(id)).toMatchObject({ run: { status: 'succeeded' }, outputs: { greeting: `Hello before ${at}!` } });
  }
  // What was under way when the copy was taken goes on from there.
  const { runs } = await again.done('GET', '/api/runs?limit=200');
  for (const { id } of runs) expect(await endOf(caller2, id)).toBe('succeeded');
  expect(await endOf(caller2, await caller2.start('ask', 'after'))).toBe('succeeded');
  await stop(second);
});

test('a backup does not overwrite, a restore does not touch data that is there or in use', { timeout: 120_000 }, async () => {
  const here = await fixtureHere();
  const folder = scratchFolder();
  const first = await commandHere(['backup', folder, '--data', here.dataFolder]);
  const file = first.stdout.trim();
  expect(first.code).toBe(0);
  expect(file.startsWith(join(folder, 'patchbay-'))).toBe(true);
  const hash = hashOf(file);
  const second = await commandHere(['backup', file, '--data', here.dataFolder]);
  expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') });
  expect(hashOf(file)).toBe(hash);
  expect((await commandHere(['backup', file, '--force', '--data', here.dataFolder])).code).toBe(0);

  const running = await commandHere(['restore', file, '--data', here.dataFolder, '--force']);
  expect(running).toMatchObject({ code: 1, stderr: expect.stringContaining('in use') });
  await here.close();
  const data = hashOf(join(here.dataFolder, 'patchbay.db'));
  const unasked = await commandHere(['restore', file, '--data', here.dataFolder]);
  expect(unasked).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') });
  expect(hashOf(join(here.dataFolder, 'patchbay.db'))).toBe(data);

  const asked = await commandHere(['restore', file, '--data', here.dataFolder, '--force']);
  expect(asked).toMatchObject({ code: 0, stdout: expect.stringContaining('is kept in') });
  expect(readdirSync(join(here.dataFolder, 'backups'))).toEqual([expect.stringMatching(/^before-restore-.*\.db$/)]);
});

test('a restore says which key is missing, and refuses a key file that does not open what is stored', { timeout: 120_000 }, async () => {
  const [here, other] = [await fixtureHere(), await fixtureHere()];
  const file = join(scratchFolder(), 'copy.db');
  expect((await commandHere(['backup', file, '--data', here.dataFolder])).code).toBe(0);
  expect(readFileSync(file, 'latin1')).not.toContain(here.masterKey.key);

  const place = join(scratchFolder(), 'data');
  const wrong = await commandHere(['restore', file, '--data', place, '--keys', other.keyFile]);
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining(here.masterKey.id) });
  expect(readdirSync(place)).toEqual(['patchbay.lock']);

  const without = await commandHere(['restore', file, '--data', place]);
  expect(without).toMatchObject({ code: 0, stdout: expect.stringContaining('Restored 1 flows') });
  expect(without.stderr).toContain(`do not open: CRM. Missing is the master key ${here.masterKey.id}`);
  // The key that was put there first is found.
  const prepared = scratchFolder();
  copyFileSync(here.keyFile, join(prepared, 'secret-keys.json'));
  const opens = { code: 0, stderr: expect.stringContaining('open with the keys there are: 1') };
  expect(await commandHere(['restore', file, '--data', prepared])).toMatchObject(opens);
  const setting = { PATCHBAY_SECRET_KEY: here.masterKey.key };
  expect(await commandHere(['restore', file, '--data', join(scratchFolder(), 'data')], setting)).toMatchObject(opens);
  const given = join(scratchFolder(), 'data');
  expect(await commandHere(['restore', file, '--data', given, '--keys', here.keyFile])).toMatchObject(opens);
  expect(JSON.parse(readFileSync(join(given, 'secret-keys.json'), 'utf8')).keys).toEqual([here.masterKey]);
});

test('a backup of an earlier schema is brought up to date', { timeout: 120_000 }, async () => {
  const older = scratchFolder();
  makeOlderStore(older, { migrations: 3, flows: 5 });
  const file = join(scratchFolder(), 'copy.db');
  const hash = hashOf(join(older, 'patchbay.db'));
  expect(await commandHere(['backup', file, '--data', older])).toMatchObject({ code: 0, stderr: expect.stringContaining('5 flows') });
  expect(hashOf(join(older, 'patchbay.db'))).toBe(hash);
  const place = join(scratchFolder(), 'data');
  expect(await commandHere(['restore', file, '--data', place])).toMatchObject({ code: 0, stdout: expect.stringContaining('5 flows') });
  expect(readdirSync(place)).toEqual(['patchbay.db', 'patchbay.lock']);
});

test('help says what a backup leaves out and what a restore checks', async () => {
  expect((await commandHere(['backup', '--help'])).stdout).toContain('Master keys are not in the backup');
  expect((await commandHere(['restore', '--help'])).stdout).toContain('--keys FILE');
  expect(await commandHere(['restore'])).toMatchObject({ code: 2, stderr: expect.stringContaining('needs one file') });
  const nowhere = await commandHere(['backup', '/tmp/x.db', '--data', scratchFolder()]);
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no data in') });
});

/** An installation in this process with one flow and one secret. */
async function fixtureHere() {
  const server = await startTestServer();
  await server.publish(plainFlow, 'greet');
  const secret = { kind: 'secret', title: 'CRM', key: 'of the customer', baseUrl: 'https://crm.example' };
  await readJson(await server.asOwner('POST', '/api/credentials', secret), 201);
  const keyFile = join(server.dataFolder, 'secret-keys.json');
  const [masterKey] = JSON.parse(readFileSync(keyFile, 'utf8')).keys;
  return { dataFolder: server.dataFolder, keyFile, masterKey, close: () => server.services.close() };
}

test.each([
  ['cut short', (file: string) => truncateSync(file, 3 * 4_096), 'damaged'],
  ['not a backup', (file: string) => writeFileSync(file, 'some text'), 'damaged'],
  ['empty', (file: string) => writeFileSync(file, ''), 'empty'],
  ['of a newer version', (file: string) => change(file, "insert into __drizzle_migrations (hash, created_at) values ('x', 9e15)"), 'newer'],
  ['of another program', (file: string) => replaceWith(file, 'create table songs (id integer)'), 'no backup of Patchbay'],
])('a file that is %s is refused with a sentence, and the data stays', { timeout: 120_000 }, async (_name, spoil, word) => {
  const { dataFolder, close } = await fixtureHere();
  const file = join(scratchFolder(), 'copy.db');
  expect((await commandHere(['backup', file, '--data', dataFolder])).code).toBe(0);
  await close();
  spoil(file);
  const data = hashOf(join(dataFolder, 'patchbay.db'));
  const refused = await commandHere(['restore', file, '--data', dataFolder, '--force']);
  expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(word) });
  expect(refused.stderr).toContain('Nothing was restored.');
  expect(hashOf(join(dataFolder, 'patchbay.db'))).toBe(data);
  expect(readdirSync(dataFolder).filter((name) => !name.startsWith('patchbay.db-'))).toEqual(['patchbay.db', 'secret-keys.json']);
});

function change(file: string, statement: string): void {
  const driver = new Driver(file);
  driver.exec(statement);
  driver.close();
}

function replaceWith(file: string, statement: string): void {
  rmSync(file);
  change(file, statement);
}
