import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openServices } from '@patchbay/services';
import { createRandom } from '@patchbay/testing';
import Driver from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { plainFlow, scratchFolder, startTestServer } from '../test-server.ts';
import { pause } from './crash/client.ts';
import { commandHere, startCommand } from './crash/command.ts';
import { type Owner, ownerAt } from './crash/owner.ts';
import { type ServerProcess, startServer } from './crash/server-process.ts';

/** `pnpm test:crash --kills 500`; an upgrade that is killed stands with R24. Each of the three below gets its share. */
const kills = Math.max(2, Math.round(Number(process.env['PATCHBAY_CRASH_KILLS'] ?? 10) / 3));
const random = createRandom(Number(process.env['PATCHBAY_CRASH_SEED'] ?? 7));

const flowNumber = (n: number) => ({
  ...plainFlow,
  name: `Flow ${n}`,
  nodes: { ...plainFlow.nodes, say: { type: 'prompt', config: { template: `${n} {{name}}` } } },
});
const numberOf = (flow: { name: string; nodes: Record<string, { config: { template?: string } }> }): number => {
  const n = Number(flow.name.slice(5));
  // A document is one thing: never half of one state and half of another.
  expect(flow).toMatchObject({ nodes: { say: { config: { template: `${n} {{name}}` } } } });
  return n;
};

/** What was answered and what may have been done besides, for each thing that is written. */
interface Progress {
  answered: number;
  sent: number;
}

async function write(progress: Progress, work: (n: number) => Promise<unknown>): Promise<void> {
  progress.sent = progress.answered + 1;
  await work(progress.sent);
  progress.answered = progress.sent;
}

function expectOldOrNew(name: string, found: number, progress: Progress): void {
  expect([progress.answered, progress.sent], name).toContain(found);
  progress.answered = found;
  progress.sent = found;
}

/** The secrets of a stopped installation, opened with the keys it has. */
async function secretsIn(dataFolder: string): Promise<Map<string, string>> {
  const { deps, close } = await openServices({ dataFolder, environment: {}, version: 'test', startsRuns: false });
  try {
    const opened = new Map<string, string>();
    for (const { workspaceId, id, version, origin, title, sealed } of await deps.database.credentials.list('ws_local')) {
      opened.set(title, await deps.secrets.open({ workspaceId, credentialId: id, version, origin }, sealed ?? ''));
    }
    return opened;
  } finally {
    await close();
  }
}

function checkFile(dataFolder: string): void {
  const driver = new Driver(join(dataFolder, 'patchbay.db'));
  try {
    expect(driver.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(driver.pragma('foreign_key_check')).toEqual([]);
  } finally {
    driver.close();
  }
}

test(`killed ${kills} times while it saves, publishes and stores connections: each is done or not done, and what was answered is there`, {
  timeout: 120_000 + kills * 30_000,
}, async () => {
  const dataFolder = scratchFolder();
  let server: ServerProcess = await startServer(dataFolder, {});
  onTestFinished(() => server.signal('SIGKILL'));
  let owner: Owner = await ownerAt(server.url);
  const { id } = await owner.done('POST', '/api/flows', flowNumber(0));
  const [saved, published, stored, changed] = Array.from({ length: 4 }, (): Progress => ({ answered: 0, sent: 0 })) as [
    Progress,
    Progress,
    Progress,
    Progress,
  ];
  const secret = (n: number) => ({ kind: 'secret', title: `Secret ${n}`, key: `value 0 of ${n}`, baseUrl: 'https://crm.example' });
  const turn = async (): Promise<void> => {
    const { etag } = await owner.done('GET', `/api/flows/${id}`);
    await write(saved, (n) => owner.done('PUT', `/api/flows/${id}`, flowNumber(n), { 'if-match': etag }));
    await write(published, () => owner.done('POST', `/api/flows/${id}/versions`, { slug: 'flow' }));
    await write(stored, (n) => owner.done('POST', '/api/credentials', secret(n)));
    const { credentials } = await owner.done('GET', '/api/credentials');
    const [first] = credentials.filter(({ title }: { title: string }) => title === 'Secret 1');
    await write(changed, (n) => owner.done('POST', `/api/credentials/${first.id}/rotate`, { key: `value ${n} of 1` }));
  };
  await turn();
  for (let kill = 0; kill < kills; kill += 1) {
    const writing = (async () => {
      for (;;) await turn();
    })().catch(() => 'killed');
    await pause(random() * 400);
    server.signal('SIGKILL');
    await server.exited;
    expect(await writing).toBe('killed');
    checkFile(dataFolder);
    const secrets = await secretsIn(dataFolder);
    expectOldOrNew('a stored connection', secrets.size, stored);
    expectOldOrNew('a changed connection', Number(/^value (\d+) of 1$/.exec(secrets.get('Secret 1') ?? '')?.[1]), changed);
    for (let n = 2; n <= secrets.size; n += 1) expect(secrets.get(`Secret ${n}`)).toBe(`value 0 of ${n}`);

    server = await startServer(dataFolder, {});
    owner = await ownerAt(server.url);
    const flow = await owner.done('GET', `/api/flows/${id}`);
    expectOldOrNew('a save', numberOf(flow.flow), saved);
    expectOldOrNew('a publish', flow.published?.version, published);
    const { versions } = await owner.done('GET', `/api/flows/${id}/versions`);
    expect(versions).toHaveLength(published.answered);
    for (const { version } of versions) numberOf((await owner.done('GET', `/api/flows/${id}/versions/${version}`)).flow);
  }
  await turn();
});

test(`a rotation of keys that is killed ${kills} times loses none of them`, { timeout: 120_000 + kills * 30_000 }, async () => {
  const here = await startTestServer();
  for (let n = 1; n <= 3; n += 1) {
    await here.asOwner('POST', '/api/credentials', { kind: 'secret', title: `${n}`, key: `value ${n}`, baseUrl: 'https://crm.example' });
  }
  await here.services.close();
  const all = new Map([1, 2, 3].map((n) => [`${n}`, `value ${n}`]));
  const rotate = () => startCommand(['secrets', 'rotate'], { PATCHBAY_DATA: here.dataFolder });
  const whole = await timeOf(rotate);
  for (let kill = 0; kill < kills; kill += 1) {
    const rotation = rotate();
    await pause(whole * (0.5 + random() * 0.6));
    rotation.kill();
    await rotation.ended;
    expect(await secretsIn(here.dataFolder)).toEqual(all);
  }
  expect((await rotate().ended).code).toBe(0);
  expect(await secretsIn(here.dataFolder)).toEqual(all);
  expect(JSON.parse(readFileSync(join(here.dataFolder, 'secret-keys.json'), 'utf8')).keys).toHaveLength(1);
});

test(`a restore that is killed ${kills} times leaves the old data or the new`, { timeout: 120_000 + kills * 30_000 }, async () => {
  const here = await startTestServer();
  const { dataFolder } = here;
  await here.publish(plainFlow, 'old');
  const id = await here.publish(plainFlow, 'new');
  const file = join(scratchFolder(), 'new.db');
  expect((await commandHere(['backup', file, '--data', dataFolder])).code).toBe(0);
  await here.asOwner('DELETE', `/api/flows/${id}`);
  await here.services.close();
  const old = join(scratchFolder(), 'old.db');
  copyFileSync(join(dataFolder, 'patchbay.db'), old);
  const put = (): void => {
    for (const suffix of ['-wal', '-shm']) rmSync(join(dataFolder, `patchbay.db${suffix}`), { force: true });
    // Not written over: the file that is there is by now one of the copies, too.
    rmSync(join(dataFolder, 'patchbay.db'));
    copyFileSync(old, join(dataFolder, 'patchbay.db'));
  };
  const restore = () => startCommand(['restore', file, '--data', dataFolder, '--force']);
  const whole = await timeOf(restore);
  expect(slugsIn(dataFolder)).toBe('new,old');
  for (let kill = 0; kill < kills; kill += 1) {
    put();
    const restoring = restore();
    await pause(whole * (0.5 + random() * 0.6));
    restoring.kill();
    await restoring.ended;
    expect(['old', 'new,old']).toContain(slugsIn(dataFolder));
  }
  put();
  expect((await restore().ended).code).toBe(0);
  expect(slugsIn(dataFolder)).toBe('new,old');
});

/** How long the command takes when it is left alone: most of that is the start of the program. */
async function timeOf(command: () => ReturnType<typeof startCommand>): Promise<number> {
  const from = performance.now();
  expect((await command().ended).code).toBe(0);
  return performance.now() - from;
}

function slugsIn(dataFolder: string): string {
  checkFile(dataFolder);
  const driver = new Driver(join(dataFolder, 'patchbay.db'));
  try {
    return driver.prepare('select slug from flows order by slug').pluck().all().join();
  } finally {
    driver.close();
  }
}
