import type { Json } from '@patchbay/flow';
import { fillChips, isParked, type Outputs, type PortChunk, type SkipReason, StepError } from '@patchbay/node-kit';
import { endRun } from './end-run.ts';
import { abortWork, beginStep, endStep, partialOutputs, tellSkipped } from './end-step.ts';
import { gather, type Hindrance, hindrance } from './gather.ts';
import { handleFailure } from './handle-failure.ts';
import { holdStep } from './hold-step.ts';
import { openInside } from './inside.ts';
import { standsStill } from './known-only.ts';
import { endOutputStep } from './outputs.ts';
import { parkStep } from './park.ts';
import { type PlanStep, passesOn } from './plan.ts';
import { recallStep } from './recall.ts';
import { type ActiveStep, edgeState, type RunState, stateOf } from './run-state.ts';
import { breakOutputs, closeOutputs, settleOutputs } from './settle.ts';
import { StepContext } from './step-context.ts';
import { endTexts, takeChunk } from './step-texts.ts';

/** The turn of a step has come: it is skipped, or starts. */
export function startStep(run: RunState, step: PlanStep): void {
  if (step.kind === 'output') {
    endOutputStep(run, step);
    return;
  }
  // What is known comes first: a pinned step answers though nothing reaches it, a finished one is never skipped later.
  if (run.recall !== undefined && !step.dead && recallStep(run, step, run.recall)) return;
  const obstacle = step.dead ? bypassed(step) : (hindrance(run, step) ?? unwanted(run, step));
  if (obstacle !== undefined) {
    skipStep(run, step, obstacle);
    return;
  }
  if (run.knownOnly !== undefined && standsStill(run, step, run.knownOnly)) return;
  const active = beginStep(run, step);
  if (isOverLimit(run)) return;
  if (step.kind === 'input') finishStep(run, active, flowInputs(run, step));
  else holdStep(run, active, attempt);
}

const bypassed = (step: PlanStep): Hindrance => ({ reason: { code: 'bypass', node: step.id }, broken: false });

/** Where only some steps are asked for, the others stay away. The ends of the flow always move their values. */
function unwanted({ only }: RunState, step: PlanStep): Hindrance | undefined {
  if (only === undefined || step.kind !== 'node' || only.has(step.id)) return undefined;
  return { reason: { code: 'not_wanted', node: step.id }, broken: false };
}

function flowInputs(run: RunState, step: PlanStep): Outputs {
  const values: Outputs = {};
  for (const { id } of step.outputs) {
    values[id] = Object.hasOwn(run.inputs, id) ? (run.inputs[id] as Json) : (run.plan.defaults.get(id) ?? null);
  }
  return values;
}

/** Counts a step that began. At the limit the whole run ends, whatever the rules of its containers say. */
function isOverLimit(run: RunState): boolean {
  let top = run;
  while (top.above !== undefined) top = top.above.run;
  top.started += 1;
  if (top.started <= top.maxSteps) return false;
  endRun(top, 'failed', { class: 'budget_exceeded', reason: 'run_too_many_steps', params: { limit: top.maxSteps } });
  return true;
}

/** One try. A node that answers at once is done at once: no promise is made for it. */
export function attempt(run: RunState, active: ActiveStep, number: number): void {
  const context = new StepContext(run, active.step, number);
  active.context = context;
  const { inner } = active.step;
  if (inner !== undefined) context.inside = openInside(run, active.step, inner, number);
  let result: ReturnType<PlanStep['run']>;
  try {
    result = callNode(run, active, context);
  } catch (thrown) {
    failed(run, active, context, thrown);
    return;
  }
  if (active.step.rule.timeoutMs > 0 && (isGenerator(result) || isPromise(result))) limitTime(run, active, context);
  if (isGenerator(result)) {
    active.generator = result;
    void followChunks(run, active, context, result);
  } else if (isPromise(result)) {
    result.then(
      (outputs) => settled(run, active, context, outputs),
      (thrown: unknown) => failed(run, active, context, thrown),
    );
  } else settled(run, active, context, result);
}

/** A try that takes longer than its rule allows has failed; what still comes of it is late. */
function limitTime(run: RunState, active: ActiveStep, context: StepContext): void {
  const { timeoutMs } = active.step.rule;
  active.timer = setTimeout(() => {
    failed(run, active, context, new StepError('timeout', 'step_deadline', { seconds: timeoutMs / 1_000 }));
  }, timeoutMs);
}

function callNode(run: RunState, active: ActiveStep, context: StepContext): ReturnType<PlanStep['run']> {
  const { step } = active;
  const inputs = gather(run, step);
  // Ports of chips never stream, so what the chips read are values.
  let config = step.slots.length === 0 ? step.config : fillChips(step.config, step.slots, inputs as Record<string, Json>);
  if (active.otherModel) config = { ...config, model: step.rule.model };
  return step.run({ config, inputs }, context);
}

const isPromise = (result: object): result is Promise<Outputs> => typeof (result as { then?: unknown }).then === 'function';
const isGenerator = (result: object): result is AsyncGenerator<PortChunk, Outputs | undefined> => Symbol.asyncIterator in result;

async function followChunks(
  run: RunState,
  active: ActiveStep,
  context: StepContext,
  generator: AsyncGenerator<PortChunk, Outputs | undefined>,
): Promise<void> {
  try {
    for (;;) {
      const next = await generator.next();
      if (!isCurrent(run, active, context)) return;
      if (next.done === true) {
        settled(run, active, context, next.value ?? {});
        return;
      }
      takeChunk(run, active, next.value);
      run.wake();
      const pause = run.ready?.();
      if (pause !== undefined) await pause;
      if (!isCurrent(run, active, context)) return;
    }
  } catch (thrown) {
    failed(run, active, context, thrown);
  }
}

/** False for what comes late: of an attempt that was given up, a step that was stopped, a run that has ended. */
const isCurrent = (run: RunState, active: ActiveStep, context: StepContext): boolean =>
  !run.ended && active.context === context && run.active[active.step.index] === active;

function settled(run: RunState, active: ActiveStep, context: StepContext, outputs: unknown): void {
  if (!isCurrent(run, active, context)) return;
  // A step may answer while turns or other flows are under way: they are nobody's any more.
  context.leave();
  if (typeof outputs === 'object' && outputs !== null) finishStep(run, active, outputs as Outputs);
  else failed(run, active, context, new StepError('internal', 'bad_return'));
  run.wake();
}

function failed(run: RunState, active: ActiveStep, context: StepContext, thrown: unknown): void {
  if (!isCurrent(run, active, context)) return;
  // Where nothing is executed, a bypassed step still hands on. One of which no end is known was not reached: how the run ended is known.
  const unreached = run.knownOnly !== undefined && active.step.type === passesOn;
  if (isParked(thrown) || unreached) parkStep(run, active);
  else handleFailure(run, active, context, thrown, attempt);
  run.wake();
}

/** The step is done: a value for each output it chose, and the others closed. */
function finishStep(run: RunState, active: ActiveStep, given: Outputs): void {
  const { step } = active;
  const outputs = endTexts(active, given);
  endStep(run, active, { status: 'succeeded', outputs });
  settleOutputs(run, step, outputs, 'branch');
}

function skipStep(run: RunState, step: PlanStep, { reason = { code: 'branch', node: step.id }, broken }: Hindrance): void {
  tellSkipped(run, step, reason);
  dropStreams(run, step, reason);
  if (broken) breakOutputs(run, step, reason);
  else closeOutputs(run, step, reason);
}

/** A source that streams on to nobody is stopped; one reader left keeps it going. */
function dropStreams(run: RunState, step: PlanStep, reason: SkipReason): void {
  for (const port of step.ports) {
    for (const edge of port.edges) {
      if (stateOf(run, edge) !== edgeState.open) continue;
      const producer = edge.from;
      const dropped = (run.dropped[producer.index] ?? 0) + 1;
      run.dropped[producer.index] = dropped;
      if (dropped === producer.edgesOut) run.stops.push({ step: producer, reason, broken: false });
    }
  }
}

/** Ends a started step before its time: what it read from broke, or nobody reads it any more. Its outputs yield nothing. */
export function stopStep(run: RunState, step: PlanStep, reason: SkipReason, broken: boolean): void {
  const active = run.active[step.index];
  if (active === undefined) return;
  abortWork(active);
  endStep(run, active, { status: 'cancelled', reason, outputs: partialOutputs(active) });
  for (const text of active.texts?.values() ?? []) text.fail();
  dropStreams(run, step, reason);
  if (broken) breakOutputs(run, step, reason);
  else closeOutputs(run, step, reason);
}
