import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { embedPassages } from './index-document/embed-passages.ts';
import { readDocument } from './index-document/read-document.ts';
import { storeFailure } from './index-document/store-failure.ts';

/** Reads documents and turns their passages into vectors, behind the requests that add them. */
export interface Indexer {
  /** There may be work. Never waits. */
  wake(): void;
  /** Something was deleted: its words are to go from the full-text index, too. Never waits. */
  tidy(): void;
  /** Settles when there is none. */
  idle(): Promise<void>;
  /** Puts aside what is under way; the next start goes on with it. */
  stop(): Promise<void>;
}

export interface Place {
  workspaceId: string;
  id: string;
}

/** Documents under way at once: one of each workspace, so that a slow provider of one holds up no other. */
const mostAtOnce = 4;
/** Before the store is asked again after trouble with it. */
const troubleMs = 2_000;

/** `deps` is asked when it is needed, since it holds the indexer itself. */
export function createIndexer(deps: () => Deps): Indexer {
  const leave = new AbortController();
  const running = new Map<string, Promise<void>>();
  let looking: Promise<void> | undefined;
  let again = false;
  // At start, since a former process may have ended before it had tidied up.
  let untidy = true;

  async function look(): Promise<void> {
    do {
      again = false;
      for (const place of await deps().database.knowledge.nextDocuments()) {
        if (leave.signal.aborted || running.size >= mostAtOnce) return;
        if (running.has(place.workspaceId)) continue;
        const work = indexDocument(deps(), place, leave.signal)
          .catch(pause)
          .finally(() => {
            running.delete(place.workspaceId);
            wake();
          });
        running.set(place.workspaceId, work);
      }
      if (untidy && running.size === 0) {
        untidy = false;
        await deps().database.passages.tidy(leave.signal);
      }
    } while (again && !leave.signal.aborted);
  }

  /** The store did not answer: nothing is lost, and it is asked again. */
  async function pause(error: unknown): Promise<void> {
    if (leave.signal.aborted) return;
    deps().onTrouble('knowledge', error);
    await sleep(troubleMs, undefined, { signal: leave.signal }).catch(() => {});
  }

  function wake(): void {
    again = true;
    if (leave.signal.aborted || looking !== undefined) return;
    looking = look()
      .catch(pause)
      .finally(() => {
        looking = undefined;
        if (again) wake();
      });
  }

  return {
    wake,
    tidy() {
      untidy = true;
      wake();
    },
    async idle() {
      while (looking !== undefined || running.size > 0) await Promise.all([looking, ...running.values()]);
    },
    async stop() {
      leave.abort();
      await Promise.all([looking, ...running.values()]);
    },
  };
}

/** Brings one document as far as it goes. What is wrong with it is written into it; only trouble with the store rejects. */
async function indexDocument(deps: Deps, place: Place, signal: AbortSignal): Promise<void> {
  const { knowledge } = deps.database;
  try {
    const document = await knowledge.readDocument(place.workspaceId, place.id);
    if (document === undefined) return;
    if (document.status !== 'embedding') await readDocument(deps, document, signal);
    await embedPassages(deps, place, signal);
  } catch (error) {
    if (!signal.aborted) await storeFailure(deps, place, error);
  }
}
