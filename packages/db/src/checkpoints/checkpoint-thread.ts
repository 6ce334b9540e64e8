import { Worker } from 'node:worker_threads';
import type { ThreadSetup } from './checkpoint-worker.ts';

export interface CheckpointThread {
  /** Tells it of a transaction that was committed. */
  committed(): void;
  /** Closes its connection and ends it. */
  close(): Promise<void>;
}

// From sources Node strips the types; built, the worker is a file of its own beside the program.
const worker = new URL(import.meta.url.endsWith('.ts') ? './checkpoint-worker.ts' : './checkpoint-worker.js', import.meta.url);

/**
 * Starts the thread that moves committed pages from the log into the database file (SQLite's checkpoint). That waits
 * for the disk twice, and would hold up the event loop for so long. `onEnd` is called where it ends unasked: then
 * somebody else has to do it.
 */
export function startCheckpointThread(database: string, onEnd: () => void): CheckpointThread {
  const commits = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const setup: ThreadSetup = { database, commits };
  const thread = new Worker(worker, {
    name: 'patchbay-checkpoints',
    env: {},
    argv: [],
    execArgv: [],
    workerData: setup,
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 1 },
  });
  let closing = false;
  // It never keeps the process alive.
  thread.unref();
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  thread.on('error', () => {});
  void ended.then(() => {
    if (!closing) onEnd();
  });
  return {
    committed: () => void Atomics.add(commits, 0, 1),
    async close() {
      closing = true;
      thread.ref();
      thread.postMessage('close');
      await ended;
    },
  };
}
