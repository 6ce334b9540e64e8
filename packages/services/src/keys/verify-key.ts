import type { KeyRow } from '@patchbay/db';
import { LRUCache } from 'lru-cache';
import type { Actor } from '../context.ts';
import type { Deps } from '../deps.ts';
import { type KeyLimits, readKeyLimits } from '../limits/key-limits.ts';
import { hashKey, isKeyShaped } from './key-format.ts';
import { readFlows, readScopes } from './key-resource.ts';

/**
 * A key that was good is good for this long without another look, a second in all: the longest a revocation made
 * elsewhere takes. The clock is read only so often, since reading it for every call costs a timer.
 */
const trusted = { ttl: 900, ttlResolution: 100 };
/** `lastUsedAt` is no finer than this, so that a busy key costs no writes. */
const touchedMs = 60_000;

export interface KnownKey {
  workspaceId: string;
  actor: Actor;
}
export type KeyCache = LRUCache<string, KnownKey>;

export const createKeyCache = (): KeyCache => new LRUCache({ max: 5_000, ...trusted });

/** Who presents this key, or undefined for one that is mistyped, unknown or revoked: callers cannot tell which. */
export async function verifyKey({ deps, key }: { deps: Deps; key: string }): Promise<KnownKey | undefined> {
  const hash = hashKey(key);
  const seen = deps.keyCache.get(hash);
  if (seen !== undefined) return seen;
  if (!isKeyShaped(key)) return undefined;
  const row = await deps.database.keys.findByHash(hash);
  if (row === undefined) return undefined;
  const known: KnownKey = {
    workspaceId: row.workspaceId,
    actor: { kind: 'key', id: row.id, scopes: readScopes(row), flows: readFlows(row), ...withLimits(row) },
  };
  deps.keyCache.set(hash, known);
  noteUse(deps, row);
  return known;
}

const withLimits = (row: KeyRow): { limits?: KeyLimits } => {
  const limits = readKeyLimits(row);
  return limits === undefined ? {} : { limits };
};

/** Not waited for: a caller's answer does not hang on our notes. */
function noteUse(deps: Deps, row: KeyRow): void {
  const now = deps.now();
  if (row.lastUsedAt !== null && now - row.lastUsedAt < touchedMs) return;
  deps.database.keys.touch(row.workspaceId, row.id, now).catch((error: unknown) => deps.onTrouble('key_touch', error));
}
