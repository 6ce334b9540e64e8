import type { Json } from '@patchbay/flow';
import { type CodeRequest, type CodeResult, StepError } from '@patchbay/node-kit';
import { type CodeThread, startThread } from './code-thread.ts';
import { codeLimits } from './limits.ts';
import { type CodeAnswer, type CodeFault, type CodeJob, readAnswer } from './messages.ts';
import { createTurns } from './turns.ts';

/** The only thing that runs code of an author. */
export interface CodeRunner {
  run(request: CodeRequest, signal: AbortSignal): Promise<CodeResult>;
  close(): Promise<void>;
}

export interface CodeRunnerOptions {
  /** Threads that run code at the same time. */
  atOnce?: number;
  /** Runs that may wait for a thread. */
  waiting?: number;
  /** How long a thread is kept for a next run that may come, in milliseconds. */
  spareMs?: number;
  start?: () => CodeThread;
}

/**
 * Each run has a thread of its own, thrown away after it, whatever it did. One spare is kept ready from the first run on,
 * so that a thread that dies costs its own run and no other.
 */
export function createCodeRunner({ atOnce = 4, waiting = 200, spareMs = 60_000, start = startThread }: CodeRunnerOptions = {}): CodeRunner {
  const turns = createTurns(atOnce, waiting);
  const busy = new Set<CodeThread>();
  let spare: CodeThread | undefined;
  let idle: NodeJS.Timeout | undefined;
  let closed = false;

  function take(): CodeThread {
    clearTimeout(idle);
    const thread = spare === undefined || spare.dead ? start() : spare;
    spare = undefined;
    return thread;
  }
  function keepSpare(): void {
    if (closed) return;
    if (spare === undefined || spare.dead) spare = start();
    clearTimeout(idle);
    idle = setTimeout(() => {
      void spare?.kill();
      spare = undefined;
    }, spareMs).unref();
  }

  return {
    run: async ({ source, inputs, timeoutMs = codeLimits.usualMs }, signal) => {
      const job = jobOf(source, inputs);
      const done = await turns.enter(signal);
      const thread = take();
      busy.add(thread);
      try {
        return await runOn(thread, job, { signal, timeoutMs: Math.min(Math.max(1, timeoutMs), codeLimits.longestMs) });
      } finally {
        busy.delete(thread);
        void thread.kill();
        keepSpare();
        done();
      }
    },
    close: async () => {
      closed = true;
      clearTimeout(idle);
      await Promise.all([...busy, ...(spare === undefined ? [] : [spare])].map((thread) => thread.kill()));
      spare = undefined;
    },
  };
}

function jobOf(source: string, inputs: Readonly<Record<string, Json>>): CodeJob {
  const text = JSON.stringify(inputs);
  if (source.length > codeLimits.sourceLength) throw new StepError('invalid_input', 'text_too_long', { limit: codeLimits.sourceLength });
  if (text.length > codeLimits.inputLength) throw new StepError('invalid_input', 'text_too_long', { limit: codeLimits.inputLength });
  return { source, names: Object.keys(inputs), inputs: text };
}

/** The time counts from when the code starts; what the thread takes to be ready is ours. */
async function runOn(
  thread: CodeThread,
  job: CodeJob,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<CodeResult> {
  const stop = stopper(signal);
  try {
    await Promise.race([thread.ready, stop.stopped, stop.after(20_000)]).catch((error: unknown) => {
      throw error instanceof StepError && error.errorClass === 'cancelled' ? error : new StepError('internal', 'code_crashed');
    });
    const answer = await Promise.race([thread.run(job), stop.stopped, stop.after(timeoutMs)]);
    return readResult(answer as CodeAnswer | undefined);
  } finally {
    stop.end();
  }
}

/** Promises that reject when the step is stopped, or when its time is up. */
function stopper(signal: AbortSignal) {
  const timers: NodeJS.Timeout[] = [];
  let abort = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    abort = () => reject(new StepError('cancelled', 'asked'));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  stopped.catch(() => {});
  return {
    stopped,
    after: (ms: number): Promise<never> =>
      new Promise((_, reject) => {
        timers.push(setTimeout(() => reject(new StepError('timeout', 'code_timeout', { seconds: ms / 1_000 })), ms));
      }),
    end: () => {
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    },
  };
}

const reasons: Record<Exclude<CodeFault, 'threw'>, string> = {
  memory: 'code_memory',
  not_json: 'code_not_json',
  too_long: 'code_too_long',
  too_deep: 'code_too_deep',
  never_settles: 'code_never_settles',
};

function readResult(given: CodeAnswer | undefined): CodeResult {
  const answer = readAnswer(given);
  if (answer === undefined) throw new StepError('internal', 'code_crashed');
  if (answer.kind === 'done') return { value: JSON.parse(answer.json) as Json, log: answer.log };
  const { fault, name, message, line } = answer;
  const said = [name, message].filter((part) => part !== '').join(': ');
  if (fault === 'threw') throw new StepError('invalid_input', line > 0 ? 'code_threw_at' : 'code_threw', { message: said, line });
  throw new StepError('invalid_input', reasons[fault], { message: said, limit: codeLimits.outputLength, depth: codeLimits.outputDepth });
}
