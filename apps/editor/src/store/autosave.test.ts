import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commands } from './commands.ts';
import { createKeeper } from './keeper.ts';
import { sampleFlow, testStore } from './testing.ts';
import type { EditorStore, FlowDocument, SaveResult } from './types.ts';

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server that keeps one draft and guards it by its etag. */
function fakeServer(start: FlowDocument = sampleFlow()) {
  const server = {
    flow: start,
    version: 1,
    up: true,
    saves: 0,
    etag: () => `"${server.version}"`,
    put(flow: FlowDocument) {
      server.flow = flow;
      server.version += 1;
    },
    save: (flow: FlowDocument, etag: string): Promise<SaveResult> => {
      if (!server.up) return Promise.reject(new Error('unreachable'));
      if (etag !== server.etag()) return Promise.resolve({ kind: 'conflict', theirs: server.flow, etag: server.etag() });
      server.saves += 1;
      server.put(flow);
      return Promise.resolve({ kind: 'saved', etag: server.etag() });
    },
  };
  return server;
}
const openOn = (server: ReturnType<typeof fakeServer>): EditorStore =>
  testStore(server.flow, { flowId: 'f', etag: server.etag(), save: server.save, keeper: createKeeper('f') });

test('saves once, 800 ms after the last of several edits', async () => {
  const server = fakeServer();
  const store = openOn(server);
  commands.rename(store, 'draft', 'One');
  await vi.advanceTimersByTimeAsync(700);
  commands.rename(store, 'draft', 'Two');
  expect(store.getState().save.kind).toBe('unsaved');
  await vi.advanceTimersByTimeAsync(700);
  expect(server.saves).toBe(0);
  await vi.advanceTimersByTimeAsync(100);
  expect(server.saves).toBe(1);
  expect(server.flow.nodes['draft']?.title).toBe('Two');
  expect(store.getState().save.kind).toBe('saved');
  store.dispose();
});

test('undoing back to what is saved needs no save', async () => {
  const server = fakeServer();
  const store = openOn(server);
  commands.rename(store, 'draft', 'One');
  await store.saveNow();
  const saved = server.saves;
  commands.rename(store, 'draft', 'Two');
  store.undo();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(server.flow.nodes['draft']?.title).toBe('One');
  expect(server.saves - saved).toBeLessThanOrEqual(1);
  expect(store.getState().save.kind).toBe('saved');
  store.dispose();
});

test('edits made while a save is on its way are saved after it', async () => {
  const server = fakeServer();
  let release: () => void = () => {};
  const held = (flow: FlowDocument, etag: string) =>
    new Promise<void>((resolve) => (release = resolve)).then(() => server.save(flow, etag));
  const store = testStore(server.flow, { etag: server.etag(), save: held });
  commands.rename(store, 'draft', 'One');
  const saving = store.saveNow();
  commands.rename(store, 'draft', 'Two');
  release();
  await vi.advanceTimersByTimeAsync(0);
  release();
  await saving;
  expect(server.flow.nodes['draft']?.title).toBe('Two');
  expect(server.saves).toBe(2);
  store.dispose();
});

test('a server that is away: kept on this device, told as offline, saved when it is back', async () => {
  const server = fakeServer();
  const store = openOn(server);
  server.up = false;
  commands.rename(store, 'draft', 'Kept');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(store.getState().save.kind).toBe('offline');
  expect(localStorage.getItem('patchbay.draft.f.only')).toContain('Kept');
  server.up = true;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(store.getState().save.kind).toBe('saved');
  expect(server.flow.nodes['draft']?.title).toBe('Kept');
  expect(localStorage.getItem('patchbay.draft.f.only')).toBeNull();
  store.dispose();
});

test('closing the tab while offline loses nothing: the next visit saves it', async () => {
  const server = fakeServer();
  const first = openOn(server);
  server.up = false;
  commands.rename(first, 'draft', 'Kept');
  await vi.advanceTimersByTimeAsync(1_000);
  first.dispose();
  server.up = true;
  const second = openOn(server);
  expect(second.getState().flow.nodes['draft']?.title).toBe('Kept');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.flow.nodes['draft']?.title).toBe('Kept');
  second.dispose();
});

test('two tabs that edit different steps are merged without a question', async () => {
  const server = fakeServer();
  const [a, b] = [openOn(server), openOn(server)];
  commands.rename(a, 'draft', 'From A');
  await a.saveNow();
  commands.rename(b, 'reply', 'From B');
  await b.saveNow();
  expect(server.flow.nodes['draft']?.title).toBe('From A');
  expect(server.flow.nodes['reply']?.title).toBe('From B');
  expect(b.getState().save.kind).toBe('saved');
  // What came from the other tab is no undo step of this one.
  b.undo();
  expect(b.getState().flow.nodes['draft']?.title).toBe('From A');
  expect(b.getState().flow.nodes['reply']?.title).toBeUndefined();
  a.dispose();
  b.dispose();
});

for (const keep of ['mine', 'theirs'] as const) {
  test(`two tabs that edit the same step: a person decides for ${keep}`, async () => {
    const server = fakeServer();
    const [a, b] = [openOn(server), openOn(server)];
    commands.rename(a, 'draft', 'From A');
    await a.saveNow();
    commands.rename(b, 'draft', 'From B');
    await b.saveNow();
    expect(b.getState().save).toMatchObject({ kind: 'conflict', theirs: { nodes: { draft: { title: 'From A' } } } });
    expect(b.getState().flow.nodes['draft']?.title).toBe('From B');
    b.resolveConflict(keep);
    await b.saveNow();
    expect(server.flow.nodes['draft']?.title).toBe(keep === 'mine' ? 'From B' : 'From A');
    expect(b.getState().flow.nodes['draft']?.title).toBe(keep === 'mine' ? 'From B' : 'From A');
    expect(b.getState().save.kind).toBe('saved');
    if (keep === 'theirs') {
      b.undo();
      expect(b.getState().flow.nodes['draft']?.title).toBe('From B');
    }
    a.dispose();
    b.dispose();
  });
}

test('undo survives a reload of the tab', async () => {
  const server = fakeServer();
  const first = openOn(server);
  for (let count = 0; count < 30; count += 1) commands.rename(first, 'draft', `Title ${count}`);
  first.undo();
  await first.saveNow();
  first.dispose();
  const second = openOn(server);
  expect(second.getState().undoStack).toHaveLength(29);
  expect(second.getState().redoStack).toHaveLength(1);
  for (let count = 0; count < 29; count += 1) second.undo();
  expect(second.getState().flow).toEqual(sampleFlow());
  second.dispose();
});

test('kept undo of another document is not used', async () => {
  const server = fakeServer();
  const first = openOn(server);
  commands.rename(first, 'draft', 'Mine');
  await first.saveNow();
  first.dispose();
  server.put({ ...server.flow, name: 'Renamed elsewhere' });
  const second = openOn(server);
  expect(second.getState().undoStack).toHaveLength(0);
  second.dispose();
});

test('a refused save is told and not repeated for ever', async () => {
  let calls = 0;
  const store = testStore(sampleFlow(), {
    save: () => {
      calls += 1;
      return Promise.resolve({ kind: 'refused', message: 'Too large' });
    },
  });
  commands.rename(store, 'draft', 'X');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toBe(1);
  expect(store.getState().save).toEqual({ kind: 'refused', message: 'Too large' });
  store.dispose();
});

test('a tab that saved cleanly opens again without the draft of another tab that could not save', async () => {
  const server = fakeServer();
  const open = new Set(['a', 'b']);
  const inTab = (id: string) =>
    testStore(server.flow, { flowId: 'f', etag: server.etag(), save: server.save, keeper: createKeeper('f', { tab: { id, open } }) });
  const [a, b] = [inTab('a'), inTab('b')];
  server.up = false;
  commands.rename(b, 'draft', 'From B');
  await b.saveNow();
  server.up = true;
  commands.rename(a, 'draft', 'From A');
  await a.saveNow();
  a.dispose();
  const again = inTab('a');
  expect(again.getState().flow.nodes['draft']?.title).toBe('From A');
  expect(again.getState().save.kind).toBe('saved');
  b.dispose();
  // The other tab, loaded again, still has what it could not save.
  const other = inTab('b');
  expect(other.getState().flow.nodes['draft']?.title).toBe('From B');
  expect(other.getState().save.kind).toBe('conflict');
  again.dispose();
  other.dispose();
});
