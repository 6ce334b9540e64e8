import { Worker } from 'node:worker_threads';
import { type CodeAnswer, type CodeJob, readAnswer } from './messages.ts';

/** One thread for one job. */
export interface CodeThread {
  /** Settles when the thread can take its job; rejects when it died before. */
  readonly ready: Promise<void>;
  /** True from the moment it is of no use any more. */
  readonly dead: boolean;
  /** Undefined when the thread died, or was killed, without an answer. */
  run(job: CodeJob): Promise<CodeAnswer | undefined>;
  kill(): Promise<void>;
}

// From sources Node strips the types; built, the worker is a file of its own beside the program.
const file = new URL(import.meta.url.endsWith('.ts') ? './code-worker.ts' : './code-worker.js', import.meta.url);

/** Starts a thread that has no environment, no arguments and no way to write to our own output. */
export function startThread(): CodeThread {
  const worker = new Worker(file, {
    name: 'patchbay-code',
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 },
  });
  worker.unref();
  let dead = false;
  const gone = new Promise<void>((resolve) => {
    worker.once('error', () => resolve());
    worker.once('exit', () => resolve());
  }).then(() => {
    dead = true;
  });
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    void gone.then(() => reject(new Error('The thread for code did not start')));
  });
  // Nobody may be waiting for a spare that dies.
  ready.catch(() => {});
  return {
    ready,
    get dead() {
      return dead;
    },
    run: (job) => {
      worker.ref();
      const answered = new Promise<CodeAnswer | undefined>((resolve) => {
        worker.once('message', (message: unknown) => resolve(readAnswer(message)));
        void gone.then(() => resolve(undefined));
      });
      worker.postMessage(job);
      return answered;
    },
    kill: async () => {
      dead = true;
      await worker.terminate();
    },
  };
}
