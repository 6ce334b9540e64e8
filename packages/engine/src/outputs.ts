import type { Json } from '@patchbay/flow';
import { isTextStream, type SkipReason } from '@patchbay/node-kit';
import { endRun } from './end-run.ts';
import { beginStep, endStep, tellSkipped } from './end-step.ts';
import { toFailure } from './failure.ts';
import { portReason, portState, portValue } from './gather.ts';
import type { LiveText } from './live-text.ts';
import type { PlanPort, PlanStep } from './plan.ts';
import { edgeState, isSettled, type OutputState, type RunState } from './run-state.ts';

/**
 * A field of an output node has moved. Each field goes its own way, so that a slow one never holds back a fast one;
 * the node's step runs from its first open or set field to its last settled one.
 */
export function settleField(run: RunState, port: PlanPort): void {
  if (!isSettled(run, port) || run.settled[port.index] === 2) return;
  const state = portState(run, port);
  if (state !== edgeState.closed && run.active[port.step.index] === undefined) beginStep(run, port.step);
  if (state === edgeState.value && !isReadable(run, port)) return;
  const output = run.outputs[port.output];
  if (output !== undefined) advance(run, output);
  if (run.ended || state === edgeState.open) return;
  run.settled[port.index] = 2;
  const left = (run.waiting[port.step.index] ?? 0) - 1;
  run.waiting[port.step.index] = left;
  if (left === 0) endOutputStep(run, port.step);
}

/** Moves an output of the flow on: the first source that is not closed gives its value. */
export function advance(run: RunState, output: OutputState): void {
  while (!output.ended) {
    const source = output.plan.sources[output.cursor];
    if (source === undefined) return;
    const state = fieldState(run, source);
    if (state === edgeState.pending) return;
    if (state === edgeState.closed) {
      output.cursor += 1;
      continue;
    }
    if (state === edgeState.open) follow(run, output, source);
    else if (state === edgeState.broken) breakOff(run, output);
    else answer(run, output, source);
    return;
  }
}

const fieldState = (run: RunState, port: PlanPort) =>
  port.edges.length > 0 && !isSettled(run, port) ? edgeState.pending : portState(run, port);

function follow(run: RunState, output: OutputState, source: PlanPort): void {
  if (output.text !== undefined) return;
  const text = portValue(run, source) as LiveText;
  output.text = text;
  const { emit } = run;
  if (emit === undefined) return;
  text.listen((chunk) => {
    if (!run.ended) emit({ type: 'output-chunk', output: output.plan.id, text: chunk });
  });
}

function answer(run: RunState, output: OutputState, source: PlanPort): void {
  if (run.knownOnly !== undefined && !canAnswer(run, output, source)) return;
  const value = portValue(run, source) as Json;
  output.ended = true;
  run.results[output.plan.id] = value;
  run.emit?.({ type: 'output-end', output: output.plan.id, value, complete: true });
}

/** Where nothing is executed, a field that cannot be read ends no run, and the fields behind it may still come. */
const canAnswer = (run: RunState, output: OutputState, source: PlanPort): boolean =>
  (run.above !== undefined || run.knownOnly?.outputs?.has(output.plan.id) !== false) && isReadable(run, source);

function breakOff(run: RunState, output: OutputState): void {
  output.ended = true;
  // A stream that began behind a source that was still open was never shown: there is no partial text of it.
  const value = output.text?.joined() ?? '';
  run.emit?.({ type: 'output-end', output: output.plan.id, value, complete: false });
}

/** A value that cannot become what the field promises fails the output node, and with it the run. */
function isReadable(run: RunState, port: PlanPort): boolean {
  try {
    portValue(run, port);
    return true;
  } catch (thrown) {
    if (run.knownOnly !== undefined) {
      // What the run ended with is known: it need not be this.
      run.parked = true;
      return false;
    }
    const error = toFailure(thrown, port.step.id);
    endStep(run, run.active[port.step.index] ?? beginStep(run, port.step), { status: 'failed', error });
    endRun(run, 'failed', error);
    return false;
  }
}

/** All fields of an output node have settled, at once where no edge leads to it. */
export function endOutputStep(run: RunState, step: PlanStep): void {
  const answers = step.ports.some((port) => portState(run, port) === edgeState.value);
  const active = run.active[step.index] ?? (answers ? beginStep(run, step) : undefined);
  if (active === undefined) {
    const reason: SkipReason | undefined = step.dead ? { code: 'bypass', node: step.id } : firstReason(run, step);
    tellSkipped(run, step, reason);
    return;
  }
  const broken = step.ports.find((port) => portState(run, port) === edgeState.broken);
  const outputs = run.emit === undefined ? undefined : fieldValues(run, step);
  if (broken === undefined) endStep(run, active, { status: 'succeeded', outputs });
  else endStep(run, active, { status: 'cancelled', reason: portReason(run, broken), outputs });
}

function firstReason(run: RunState, step: PlanStep): SkipReason | undefined {
  for (const port of step.ports) {
    const reason = portReason(run, port);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function fieldValues(run: RunState, step: PlanStep): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const port of step.ports) {
    if (portState(run, port) !== edgeState.value) continue;
    const value = portValue(run, port);
    if (!isTextStream(value)) values[port.id] = value;
  }
  return values;
}
