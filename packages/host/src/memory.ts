import { createHash } from 'node:crypto';
import type { Memory } from '@patchbay/node-kit';
import { LRUCache } from 'lru-cache';

/** Where nodes' memories are kept. Keys come as hashes, so a store never holds what they were made of. */
export interface MemoryStore {
  recall(workspace: string, kind: string, hashes: readonly string[]): Promise<(string | undefined)[]>;
  remember(workspace: string, kind: string, entries: readonly { hash: string; value: string }[]): Promise<void>;
}

/** A longer value is not worth its place. In UTF-16 units. */
const longestValue = 100_000;

/** The memory of one workspace over a store. A store that is down has forgotten everything, and no step fails of it. */
export function memoryOf(store: MemoryStore, workspace: string, onTrouble: (error: unknown) => void = () => {}): Memory {
  return {
    async recall(kind, keys) {
      if (keys.length === 0) return [];
      try {
        return await store.recall(workspace, kind, keys.map(hashOf));
      } catch (error) {
        onTrouble(error);
        return keys.map(() => undefined);
      }
    },
    async remember(kind, entries) {
      const kept = entries.filter(({ value }) => value.length <= longestValue).map(({ key, value }) => ({ hash: hashOf(key), value }));
      if (kept.length > 0) await store.remember(workspace, kind, kept).catch(onTrouble);
    },
  };
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url');

const mostBytes = 16 * 1024 * 1024;

/** A store that lasts as long as the process. */
export function createProcessMemory(): MemoryStore {
  const kept = new LRUCache<string, string>({ maxSize: mostBytes, sizeCalculation: (value) => 200 + 2 * value.length });
  const nameOf = (workspace: string, kind: string, hash: string): string => JSON.stringify([workspace, kind, hash]);
  return {
    recall: async (workspace, kind, hashes) => hashes.map((hash) => kept.get(nameOf(workspace, kind, hash))),
    remember: async (workspace, kind, entries) => {
      for (const { hash, value } of entries) kept.set(nameOf(workspace, kind, hash), value);
    },
  };
}
