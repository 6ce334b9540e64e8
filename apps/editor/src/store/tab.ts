import type { Tab } from './drafts-kept.ts';
import { storage } from './storage.ts';

const idKey = 'patchbay.tab';
const lockOf = (id: string): string => `patchbay.tab.${id}`;
/** A page that is being left may hold its lock for a moment after the next one has begun. */
const handOverMs = 400;

let known: Promise<string> | undefined;

/** This tab, and the tabs that are open now: each holds a lock of its name for as long as its page lives. */
export async function openTab(): Promise<Tab> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  known ??= claim(locks);
  const id = await known;
  if (locks === undefined) return { id };
  const { held = [] } = await locks.query().catch(() => ({ held: [] }));
  return { id, open: new Set(held.map((lock) => (lock.name ?? '').slice(lockOf('').length))) };
}

/** The id the tab had before it was loaded again; a new one where another tab lives under it, as after "Duplicate tab". */
async function claim(locks: LockManager | undefined): Promise<string> {
  const place = storage('sessionStorage');
  const kept = place?.getItem(idKey);
  if (kept !== null && kept !== undefined && (await hold(locks, kept))) return kept;
  const fresh = crypto.getRandomValues(new Uint32Array(2)).join('-');
  try {
    place?.setItem(idKey, fresh);
  } catch {
    // Without room the id lives as long as the page does.
  }
  await hold(locks, fresh);
  return fresh;
}

/** True once the lock is ours, for as long as the page lives; false where another page keeps it. */
function hold(locks: LockManager | undefined, id: string): Promise<boolean> {
  if (locks === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const forEver = () => {
      resolve(true);
      return new Promise<never>(() => undefined);
    };
    locks.request(lockOf(id), { signal: AbortSignal.timeout(handOverMs) }, forEver).catch(() => resolve(false));
  });
}
