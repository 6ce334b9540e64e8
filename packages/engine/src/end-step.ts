import type { Json } from '@patchbay/flow';
import type { Failure, RunEvent, SkipReason, StepStatus } from '@patchbay/node-kit';
import type { PlanStep } from './plan.ts';
import type { RecalledStep } from './recall.ts';
import { type ActiveStep, elapsed, type RunState } from './run-state.ts';

/** What is told of a step's end besides its place, its times and its calls. */
export interface StepOutcome {
  status: StepStatus;
  reason?: SkipReason | undefined;
  error?: Failure | undefined;
  outputs?: Record<string, Json> | undefined;
  handled?: true;
}

type StepEnd = Extract<RunEvent, { type: 'step-end' }>;

/** Takes a step off the run and tells so. `atMs` of the event is when the step started. */
export function endStep(run: RunState, active: ActiveStep, outcome: StepOutcome): void {
  run.active[active.step.index] = undefined;
  run.remaining -= 1;
  if (active.timer !== undefined) clearTimeout(active.timer);
  if (run.emit === undefined) return;
  const event = stepEnd(run, active.step, outcome.status);
  event.atMs = active.startedMs;
  event.durationMs = Math.max(0, elapsed(run) - active.startedMs);
  if (outcome.reason !== undefined) event.reason = outcome.reason;
  if (outcome.error !== undefined) event.error = outcome.error;
  if (active.usage !== undefined) event.usage = active.usage;
  if (active.model !== undefined) event.model = active.model;
  if (active.simulated) event.simulated = true;
  if (active.usage?.cacheHits !== undefined) event.cached = true;
  if (outcome.outputs !== undefined) event.outputs = outcome.outputs;
  if (outcome.handled === true) event.handled = true;
  run.emit(event);
}

/** A step that is known already, `nowMs` after the run's start: its end is told as it was; what it cost is told only where it is this run's own. */
export function tellRecalled(run: RunState, step: PlanStep, record: RecalledStep, nowMs: number): void {
  run.remaining -= 1;
  if (run.emit === undefined) return;
  const event = stepEnd(run, step, record.status);
  event.recalled = true;
  if (record.origin === undefined) {
    event.atMs = record.atMs ?? nowMs;
    event.durationMs = record.durationMs ?? 0;
    if (record.usage !== undefined) event.usage = record.usage;
    if (record.usage?.cacheHits !== undefined) event.cached = true;
  } else {
    event.atMs = nowMs;
    event.origin = record.origin;
  }
  if (record.error !== undefined) event.error = record.error;
  if (record.model !== undefined) event.model = record.model;
  if (record.simulated === true) event.simulated = true;
  if (record.outputs !== undefined) event.outputs = record.outputs;
  if (record.handled === true) event.handled = true;
  run.emit(event);
}

/** A step that never started: its end is all there is to tell. */
export function tellSkipped(run: RunState, step: PlanStep, reason: SkipReason | undefined): void {
  run.remaining -= 1;
  if (run.emit === undefined) return;
  const event = stepEnd(run, step, 'skipped');
  event.atMs = elapsed(run);
  if (reason !== undefined) event.reason = reason;
  run.emit(event);
}

const stepEnd = (run: RunState, step: PlanStep, status: StepStatus): StepEnd => ({
  type: 'step-end',
  node: step.id,
  scope: run.scope,
  status,
  atMs: 0,
  durationMs: 0,
});

/** Marks a step as started. */
export function beginStep(run: RunState, step: PlanStep): ActiveStep {
  const active: ActiveStep = {
    step,
    startedMs: run.emit === undefined ? 0 : elapsed(run),
    context: undefined,
    generator: undefined,
    texts: undefined,
    read: false,
    otherModel: false,
    usage: undefined,
    model: undefined,
    simulated: false,
    timer: undefined,
    parked: false,
    turns: undefined,
  };
  run.active[step.index] = active;
  run.emit?.({ type: 'step-start', node: step.id, scope: run.scope, atMs: active.startedMs });
  return active;
}

/** Stops the work of a step at once: its calls, its timer, its generator. What still comes of it is ignored. */
export function abortWork(active: ActiveStep): void {
  clearTimeout(active.timer);
  active.context?.abort();
  // A generator at rest runs its `finally`; one in the middle of a call ends when the call does.
  active.generator?.return(undefined).catch(() => {});
}

/** What had arrived on the streaming ports when the step was stopped. */
export function partialOutputs(active: ActiveStep): Record<string, Json> | undefined {
  if (active.texts === undefined) return undefined;
  const outputs: Record<string, Json> = {};
  for (const [port, text] of active.texts) outputs[port] = text.joined();
  return outputs;
}
