import type { Memory } from '@patchbay/node-kit';

/** A memory that lasts as long as the test. */
export function createMemory(): Memory & { readonly size: number } {
  const kept = new Map<string, string>();
  return {
    recall: async (kind, keys) => keys.map((key) => kept.get(`${kind} ${key}`)),
    remember: async (kind, entries) => {
      for (const { key, value } of entries) kept.set(`${kind} ${key}`, value);
    },
    get size() {
      return kept.size;
    },
  };
}
