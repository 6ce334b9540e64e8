import { expect, test } from 'vitest';
import { localWorkspace } from '../database.ts';
import { newId } from '../ids.ts';
import { scratchDatabase } from '../testing.ts';
import type { NewExchange } from './conversations.ts';

async function withFlow() {
  const database = await scratchDatabase();
  const flow = { id: newId('flow'), slug: 'talk', name: 'Talk', nodeCount: 0, document: '{}', etag: 'e', publishedVersion: null };
  await database.flows.create(localWorkspace, { ...flow, createdAt: 1, updatedAt: 1 });
  const of = { workspaceId: localWorkspace, flowId: flow.id, id: 'guest' };
  const add = (key: string, more: Partial<NewExchange> = {}, place = of) =>
    database.conversations.add(place, {
      key,
      question: `${key}?`,
      answer: `${key}.`,
      now: 1,
      endsAt: 100,
      summary: undefined,
      goesOn: false,
      most: 1_000,
      ...more,
    });
  const said = async (now = 1, place = of) =>
    (await database.conversations.read(place, now))?.exchanges.map(({ number, question }) => `${number} ${question}`);
  return { database, of, add, said };
}

test('keeps what was said in order, only for its workspace, flow and name', async () => {
  const { of, add, said } = await withFlow();
  await add('a');
  await add('b');
  expect(await said()).toEqual(['1 a?', '2 b?']);
  for (const other of [
    { ...of, workspaceId: 'ws_other' },
    { ...of, flowId: 'flow_other' },
    { ...of, id: 'other' },
  ])
    expect(await said(1, other)).toBeUndefined();
});

test('what one step says twice takes the place of what it said before', async () => {
  const { add, said } = await withFlow();
  await add('a');
  await add('b');
  await add('a', { question: 'A?' });
  await add('c');
  expect(await said()).toEqual(['1 A?', '2 b?', '3 c?']);
});

test('the oldest go beyond the most, and a summary stays until there is another', async () => {
  const { database, of, add, said } = await withFlow();
  for (const key of ['a', 'b', 'c', 'd']) await add(key, { most: 3 });
  expect(await said()).toEqual(['2 b?', '3 c?', '4 d?']);
  await add('e', { summary: { text: 'b and c', upTo: 3 } });
  await add('f');
  expect(await database.conversations.read(of, 1)).toMatchObject({ summary: 'b and c', summarised: 3 });
});

test('one whose time is over is not there, begins anew when it is named again, and is cleared away by any other', async () => {
  const { database, of, add, said } = await withFlow();
  await add('a');
  expect(await said(99)).toEqual(['1 a?']);
  expect(await said(100)).toBeUndefined();
  await add('b', { now: 100, endsAt: 200 });
  expect(await said(100)).toEqual(['1 b?']);
  await add('x', { now: 300, endsAt: 400 }, { ...of, id: 'other' });
  expect(await database.conversations.read(of, 0)).toBeUndefined();
});

test('is removed with all that was said, and with its flow', async () => {
  const { database, of, add, said } = await withFlow();
  await add('a');
  expect(await database.conversations.remove({ ...of, workspaceId: 'ws_other' }, 1)).toBe(false);
  expect(await database.conversations.remove(of, 1)).toBe(true);
  expect(await database.conversations.remove(of, 1)).toBe(false);
  await add('b');
  expect(await said()).toEqual(['1 b?']);
  await database.flows.delete(localWorkspace, of.flowId);
  expect(await said()).toBeUndefined();
});

test('a conversation that was deleted while somebody answered stays deleted, and so does one of a flow that is gone', async () => {
  const { database, of, add, said } = await withFlow();
  await add('a');
  await add('b', { goesOn: true });
  expect(await said()).toEqual(['1 a?', '2 b?']);
  await database.conversations.remove(of, 1);
  await add('c', { goesOn: true, summary: { text: 'a and b', upTo: 2 } });
  expect(await said()).toBeUndefined();
  await add('d');
  expect(await said()).toEqual(['1 d?']);
  await database.flows.delete(of.workspaceId, of.flowId);
  await add('e');
  expect(await said()).toBeUndefined();
});
