import type { Json } from '@patchbay/flow';
import type { RunEvent, RunResult, SkipReason } from '@patchbay/node-kit';
import { endRun } from './end-run.ts';
import { isKnown, toFailure } from './failure.ts';
import { hindrance } from './gather.ts';
import { advance } from './outputs.ts';
import { putAsideWhenStill } from './park.ts';
import { openParts } from './parts.ts';
import type { Plan } from './plan.ts';
import { createRunState, mayStart, type RunOptions, type RunState, type Stop } from './run-state.ts';
import { startStep, stopStep } from './run-step.ts';
import { openFlows } from './sub-flow.ts';

export interface StartedRun {
  /** Never rejects: a failed run is a result too. */
  result: Promise<RunResult>;
  /** Stops everything at once and ends the run as `cancelled`. `cause` is the reason of its failure. */
  cancel(cause: string): void;
}

const opener: RunState['opener'] = { flows: openFlows, parts: openParts };

/** Starts a run. Events come from the next microtask on, so a listener may use what is returned here. */
export function startRun(plan: Plan, inputs: Readonly<Record<string, Json>>, options: RunOptions): StartedRun {
  const { promise, resolve } = Promise.withResolvers<RunResult>();
  const { signal } = options;
  const teller: Teller = { telling: false };
  /** A listener speaks in the middle of what the engine does: that is finished first, and nothing starts after it. */
  const safely = (end: () => void): void => {
    if (!teller.telling) {
      end();
      return;
    }
    run.halt.end ??= end;
    queueMicrotask(end);
  };
  const cancel = (cause: string): void => safely(() => endRun(run, 'cancelled', { class: 'cancelled', reason: cause, params: {} }));
  const onAbort = (): void => safely(() => endAborted(run, signal));
  const run = createRunState(plan, inputs, options, {
    emit: guarded(options.onEvent, teller, cancel),
    drain,
    opener,
    finish: (result) => {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', onAbort);
      resolve(result);
    },
  });
  const deadline = options.deadlineMs === undefined ? undefined : endInTime(run, options.deadlineMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  queueMicrotask(() => begin(run, signal));
  return { result: promise, cancel };
}

/** Timers know no longer time. */
const longestTimer = 2 ** 31 - 1;

/** Ends the run as failed when its time is over. */
function endInTime(run: RunState, deadlineMs: number): ReturnType<typeof setTimeout> | undefined {
  if (deadlineMs > longestTimer) return undefined;
  const params = { limit: Math.round(deadlineMs / 1_000) };
  return setTimeout(() => endRun(run, 'failed', { class: 'timeout', reason: 'run_too_long', params }), deadlineMs);
}

/** Errors of ours as abort reason fail the run; short texts name the cause of a cancelled one; all else is the caller having left. */
function endAborted(run: RunState, signal: AbortSignal | undefined): void {
  const why: unknown = signal?.reason;
  if (isKnown(why) && why.errorClass !== 'cancelled') endRun(run, 'failed', toFailure(why, ''));
  else endRun(run, 'cancelled', { class: 'cancelled', reason: typeof why === 'string' ? why : 'caller_left', params: {} });
}

/** Whether a listener is being told an event just now. */
interface Teller {
  telling: boolean;
}

function guarded(onEvent: RunOptions['onEvent'], teller: Teller, cancel: (cause: string) => void): RunState['emit'] {
  if (onEvent === undefined) return undefined;
  return (event: RunEvent) => {
    teller.telling = true;
    try {
      onEvent(event);
    } catch {
      cancel('listener_failed');
    }
    teller.telling = false;
  };
}

function begin(run: RunState, signal: AbortSignal | undefined): void {
  if (run.ended) return;
  run.emit?.({ type: 'run-start', run: run.runId, at: run.startedAt });
  if (signal?.aborted === true) {
    endAborted(run, signal);
    return;
  }
  for (const output of run.outputs) advance(run, output);
  for (const step of run.plan.steps) if (step.wired === 0) run.queue.push(step);
  drain(run);
}

/** Several streams of one source break at once: the first of the reader's ports speaks, as it does for a step that had not begun. */
const stopReason = (run: RunState, { step, reason, broken }: Stop): SkipReason => (broken && hindrance(run, step)?.reason) || reason;

/** Starts what is ready until nothing is; the run ends when no step is left. One loop, so that a long flow is not a deep stack. */
function drain(run: RunState): void {
  if (run.draining || run.ended) return;
  run.draining = true;
  try {
    while (mayStart(run)) {
      const stopped = run.stops.shift();
      if (stopped !== undefined) stopStep(run, stopped.step, stopReason(run, stopped), stopped.broken);
      else {
        const step = run.queue[run.head];
        if (step === undefined) break;
        run.head += 1;
        startStep(run, step);
      }
    }
    // Where the end was asked for from within, the outermost run ends, and with it all inside.
    if (run.halt.end !== undefined) {
      if (run.above === undefined) run.halt.end();
    } else if (run.remaining === 0) endRun(run, 'succeeded');
    else if (run.parked) putAsideWhenStill(run);
  } catch (thrown) {
    // Nothing in the loop throws; if that is ever untrue, the run ends all the same.
    endRun(run, 'failed', toFailure(thrown, ''));
  }
  run.draining = false;
}
