import { expect, test } from 'vitest';
import { createProcessMemory, type MemoryStore, memoryOf } from './memory.ts';

test('what one workspace keeps, another does not have; kinds stand apart', async () => {
  const store = createProcessMemory();
  const [mine, yours] = [memoryOf(store, 'ws_a'), memoryOf(store, 'ws_b')];
  await mine.remember('translation', [
    { key: 'one', value: 'eins' },
    { key: 'two', value: 'zwei' },
  ]);
  expect(await mine.recall('translation', ['two', 'three', 'one'])).toEqual(['zwei', undefined, 'eins']);
  expect(await mine.recall('other', ['one'])).toEqual([undefined]);
  expect(await yours.recall('translation', ['one'])).toEqual([undefined]);
});

test('a store sees hashes, never what was asked for, and no value without end', async () => {
  const seen: unknown[] = [];
  const store: MemoryStore = {
    recall: async (...call) => {
      seen.push(call);
      return call[2].map(() => undefined);
    },
    remember: async (...call) => void seen.push(call),
  };
  const memory = memoryOf(store, 'ws');
  await memory.recall('k', ['secret text']);
  await memory.remember('k', [
    { key: 'secret text', value: 'v' },
    { key: 'long', value: 'x'.repeat(100_001) },
  ]);
  expect(JSON.stringify(seen)).not.toContain('secret');
  expect(seen).toEqual([
    ['ws', 'k', [expect.stringMatching(/^[\w-]{43}$/)]],
    ['ws', 'k', [{ hash: expect.stringMatching(/^[\w-]{43}$/), value: 'v' }]],
  ]);
});

test('a store that is down has forgotten, and fails nobody', async () => {
  const troubles: unknown[] = [];
  const down = () => Promise.reject(new Error('locked'));
  const memory = memoryOf({ recall: down, remember: down }, 'ws', (error) => troubles.push(error));
  expect(await memory.recall('k', ['a', 'b'])).toEqual([undefined, undefined]);
  await memory.remember('k', [{ key: 'a', value: 'b' }]);
  expect(troubles).toHaveLength(2);
  expect(await memory.recall('k', [])).toEqual([]);
});
