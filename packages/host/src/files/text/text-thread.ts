import { Worker } from 'node:worker_threads';
import { type FileText, StepError } from '@patchbay/node-kit';
import { FileTextError, type FileTextFault } from './file-text-error.ts';
import type { FileContent } from './parse-file.ts';

export type TextAnswer = { read: FileText } | { fault: FileTextFault; params: Record<string, string | number> };

// From sources Node strips the types; built, the worker is a file of its own beside the program.
const file = new URL(import.meta.url.endsWith('.ts') ? './text-worker.ts' : './text-worker.js', import.meta.url);

export interface ThreadLimits {
  /** Milliseconds of real time. */
  timeMs: number;
  /** Bytes by which the whole process may grow meanwhile: what a file unpacks to lies outside of the thread's own heap. */
  growth: number;
}

/** How often the process is looked at, in milliseconds. */
const lookMs = 100;

/** Reads a file in a thread of its own, which ends with it: a file made to do harm costs its own reading and no other. */
export function parseInThread(
  content: FileContent,
  pages: number | undefined,
  signal: AbortSignal,
  limits: ThreadLimits,
): Promise<FileText> {
  if (signal.aborted) return Promise.reject(new StepError('cancelled', 'asked'));
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, {
      name: 'patchbay-file',
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 },
    });
    const before = process.memoryUsage.rss();
    const end = (work: () => void): void => {
      clearTimeout(timer);
      clearInterval(looking);
      signal.removeEventListener('abort', stop);
      void worker.terminate();
      work();
    };
    const fail = (fault: FileTextFault, params = {}): void => end(() => reject(new FileTextError(fault, params)));
    const stop = (): void => end(() => reject(new StepError('cancelled', 'asked')));
    const timer = setTimeout(() => fail('too_slow', { seconds: limits.timeMs / 1_000 }), limits.timeMs);
    const looking = setInterval(() => {
      if (process.memoryUsage.rss() - before > limits.growth) fail('too_heavy');
    }, lookMs);
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (answer: TextAnswer) =>
      end(() => ('read' in answer ? resolve(answer.read) : reject(new FileTextError(answer.fault, answer.params)))),
    );
    worker.once('error', (error) => fail('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too_heavy' : 'broken'));
    worker.once('exit', () => fail('broken'));
    worker.postMessage({ content, pages });
  });
}
