import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localWorkspace } from '../database.ts';
import { newId } from '../ids.ts';
import { scratchDatabase } from '../testing.ts';
import type { AttemptKey, NewDurableRun } from './journal-types.ts';

const mine = localWorkspace;
const start = (more: Partial<NewDurableRun> = {}): NewDurableRun => ({
  run: {
    id: newId('run'),
    flowId: 'flow_1',
    flowName: 'F',
    version: 1,
    source: 'api',
    status: 'queued',
    startedAt: 1,
    durationMs: 0,
    simulated: false,
    usage: '{}',
    detail: '{}',
  },
  document: null,
  locale: 'en',
  keyId: null,
  manages: false,
  toDisk: false,
  attempt: 0,
  ...more,
});
const end = { status: 'succeeded', durationMs: 5, simulated: false, usage: '{}', detail: '{"outputs":{}}', endEvent: 9 };
const step = (name: string, event: number, record = '{}') => ({ kind: 'step' as const, scope: '', name, event, record });

async function accepted(more?: Partial<NewDurableRun>) {
  const db = await scratchDatabase();
  const given = start(more);
  expect(await db.journal.accept(mine, given)).toBeUndefined();
  const of = (attempt: number): AttemptKey => ({ workspaceId: mine, runId: given.run.id, attempt });
  return { db, given, of };
}

test('an accepted run is there, is unfinished, and is taken once per attempt', async () => {
  const { db, given, of } = await accepted({ document: '{"a":1}' });
  expect(await db.journal.read(mine, given.run.id)).toMatchObject({ attempt: 0, document: '{"a":1}', run: { status: 'queued' } });
  expect(await db.journal.read('ws_other', given.run.id)).toBeUndefined();
  expect(await db.journal.unfinished()).toEqual([{ workspaceId: mine, runId: given.run.id, attempt: 0, wakeAt: null, status: 'queued' }]);
  const taken = await Promise.all([db.journal.take(of(1)), db.journal.take(of(1))]);
  expect(taken).toEqual([true, false]);
  expect(await db.journal.take(of(2))).toBe(true);
  expect(await db.journal.read(mine, given.run.id)).toMatchObject({ attempt: 2, run: { status: 'running' } });
});

test('the first end of a step stands, and comes back in order', async () => {
  const { db, given, of } = await accepted();
  await db.journal.take(of(1));
  expect(await db.journal.begin(of(1), { scope: '', node: 'b' })).toBe(true);
  expect(await db.journal.begin(of(1), { scope: '', node: 'c' })).toBe(true);
  expect(await db.journal.add(of(1), step('b', 7, '{"b":1}'))).toBe(true);
  expect(await db.journal.add(of(1), step('a', 3, '{"a":1}'))).toBe(true);
  expect(await db.journal.add(of(1), step('a', 8, '{"a":2}'))).toBe(false);
  expect(await db.journal.begin(of(1), { scope: '', node: 'a' })).toBe(true);
  expect(await db.journal.add(of(1), { ...step('a', 4), scope: 'each/0' })).toBe(true);
  const entries = await db.journal.entries(mine, given.run.id);
  expect(entries.map(({ scope, name, event, record }) => [scope, name, event, record])).toEqual([
    ['', 'a', 3, '{"a":1}'],
    ['each/0', 'a', 4, '{}'],
    ['', 'b', 7, '{"b":1}'],
    ['', 'c', null, null],
  ]);
  expect(await db.journal.entries('ws_other', given.run.id)).toEqual([]);
});

test('a former attempt can write nothing any more', async () => {
  const { db, given, of } = await accepted();
  await db.journal.take(of(1));
  await db.journal.take(of(2));
  expect(await db.journal.begin(of(1), { scope: '', node: 'a' })).toBe(false);
  expect(await db.journal.add(of(1), step('a', 1))).toBe(false);
  expect(await db.journal.finish(of(1), end)).toBe(false);
  expect(await db.journal.entries(mine, given.run.id)).toEqual([]);
  expect(await db.journal.finish(of(2), end)).toBe(true);
});

test('a run ends once, and is then nobody’s', async () => {
  const { db, given, of } = await accepted();
  await db.journal.take(of(1));
  const ends = await Promise.all([db.journal.finish(of(1), end), db.journal.finish(of(1), { ...end, status: 'failed' })]);
  expect(ends).toEqual([true, false]);
  expect(await db.journal.take(of(2))).toBe(false);
  expect(await db.journal.unfinished()).toEqual([]);
  expect(await db.journal.read(mine, given.run.id)).toMatchObject({ endEvent: 9, run: { status: 'succeeded', durationMs: 5 } });
});

test('whatever happens in whatever order, an end once written never changes', { timeout: 60_000 }, async () => {
  const db = await scratchDatabase();
  const action = fc.oneof(
    fc.record({
      kind: fc.constant('add' as const),
      node: fc.constantFrom('a', 'b'),
      attempt: fc.integer({ min: 0, max: 3 }),
      value: fc.nat(),
    }),
    fc.record({ kind: fc.constant('begin' as const), node: fc.constantFrom('a', 'b'), attempt: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ kind: fc.constant('take' as const), attempt: fc.integer({ min: 1, max: 3 }) }),
  );
  const law = fc.asyncProperty(fc.array(action, { maxLength: 20 }), async (actions) => {
    const given = start();
    await db.journal.accept(mine, given);
    const seen = new Map<string, string | null>();
    for (const [at, doing] of actions.entries()) {
      const of = { workspaceId: mine, runId: given.run.id, attempt: doing.attempt };
      if (doing.kind === 'take') await db.journal.take(of);
      else if (doing.kind === 'begin') await db.journal.begin(of, { scope: '', node: doing.node });
      else await db.journal.add(of, step(doing.node, at + 1, String(doing.value)));
      for (const { name, record } of await db.journal.entries(mine, given.run.id)) {
        const before = seen.get(name) ?? null;
        if (before !== null) expect(record).toBe(before);
        seen.set(name, record);
      }
    }
  });
  await fc.assert(law, { numRuns: 40 });
});

test('a hundred starts with one key are one run, and another body is seen', { timeout: 60_000 }, async () => {
  const db = await scratchDatabase();
  const startKey = { route: 'runs:flow_1', key: 'k', bodyHash: 'h', createdAt: 1_000, since: 0 };
  const starts = Array.from({ length: 100 }, () => start({ startKey }));
  const known = await Promise.all(starts.map((one) => db.journal.accept(mine, one)));
  const first = known.indexOf(undefined);
  expect(known.filter((one) => one === undefined)).toHaveLength(1);
  expect(new Set(known.map((one) => one?.runId).filter((id) => id !== undefined))).toEqual(new Set([starts[first]?.run.id]));
  expect(await db.journal.unfinished()).toHaveLength(1);
  expect(await db.journal.accept(mine, start({ startKey: { ...startKey, route: 'runs:flow_2' } }))).toBeUndefined();
  expect(await db.journal.accept(mine, start({ startKey: { ...startKey, since: 1_001, createdAt: 2_000 } }))).toBeUndefined();
  expect(await db.journal.forgetKeys(1_500)).toBe(1);
});

test('an interrupted run goes back into the queue without what had only begun', async () => {
  const { db, given, of } = await accepted();
  await db.journal.take(of(1));
  await db.journal.begin(of(1), { scope: '', node: 'call' });
  await db.journal.add(of(1), step('a', 1));
  expect(await db.journal.requeue(mine, given.run.id)).toBe(false);
  await db.journal.finish(of(1), { ...end, status: 'interrupted' });
  expect(await db.journal.requeue('ws_other', given.run.id)).toBe(false);
  expect(await db.journal.requeue(mine, given.run.id)).toBe(true);
  expect((await db.journal.entries(mine, given.run.id)).map(({ name }) => name)).toEqual(['a']);
  expect(await db.journal.take(of(2))).toBe(true);
});

test('runs nobody can go on with are ended at start, durable ones are left', async () => {
  const { db, given } = await accepted();
  const lost = { ...start().run, status: 'running' };
  await db.runs.record(mine, lost);
  expect(await db.runs.interruptUnfinished()).toBe(1);
  expect(await db.runs.read(mine, lost.id)).toMatchObject({ status: 'interrupted' });
  expect(await db.runs.read(mine, given.run.id)).toMatchObject({ status: 'queued' });
});
