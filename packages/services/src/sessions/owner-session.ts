import { hash, randomBytes } from 'node:crypto';
import { localWorkspace, StorageError } from '@patchbay/db';
import { LRUCache } from 'lru-cache';
import type { Deps } from '../deps.ts';

const day = 24 * 60 * 60 * 1_000;
/** A session that nobody uses ends after the first, any session after the second. */
const idleMs = 7 * day;
const absoluteMs = 30 * day;
/** Its expiry moves on in steps, so that not every request writes. */
const stepMs = 60 * 60 * 1_000;

const hashSecret = (secret: string): string => hash('sha256', secret, 'base64url');

/** Expiries of sessions that found no space on the disk: whoever opens the editor then may at least read. They end with the process. */
const unstored = new WeakMap<Deps, LRUCache<string, number>>();

function unstoredOf(deps: Deps): LRUCache<string, number> {
  const known = unstored.get(deps) ?? new LRUCache({ max: 100 });
  unstored.set(deps, known);
  return known;
}

const isFull = (error: unknown): boolean => error instanceof StorageError && error.reason === 'full';

export interface OwnerSession {
  workspaceId: string;
}

/** Makes a session for whoever sits at this machine. The secret goes into the cookie; only its hash is kept. */
export async function openOwnerSession({ deps }: { deps: Deps }): Promise<{ secret: string; maxAgeSeconds: number }> {
  const secret = randomBytes(32).toString('base64url');
  const now = deps.now();
  const row = { hash: hashSecret(secret), createdAt: now, lastSeenAt: now, expiresAt: now + idleMs };
  await deps.database.sessions.create(localWorkspace, row).catch((error: unknown) => {
    if (!isFull(error)) throw error;
    unstoredOf(deps).set(row.hash, row.expiresAt);
  });
  return { secret, maxAgeSeconds: absoluteMs / 1_000 };
}

/** The session of a cookie's secret, or undefined where it is unknown or has ended. */
export async function findOwnerSession({ deps, secret }: { deps: Deps; secret: string }): Promise<OwnerSession | undefined> {
  if (!/^[\w-]{43}$/.test(secret)) return undefined;
  const now = deps.now();
  const hashed = hashSecret(secret);
  const row = await deps.database.sessions.find(hashed, now);
  if (row === undefined) return (unstoredOf(deps).get(hashed) ?? 0) > now ? { workspaceId: localWorkspace } : undefined;
  if (now - row.lastSeenAt > stepMs) {
    const expiresAt = Math.min(now + idleMs, row.createdAt + absoluteMs);
    await deps.database.sessions.extend(row.workspaceId, row.hash, now, expiresAt).catch((error: unknown) => {
      if (!isFull(error)) throw error;
    });
  }
  return { workspaceId: row.workspaceId };
}
