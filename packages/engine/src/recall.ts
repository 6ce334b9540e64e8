import type { Json } from '@patchbay/flow';
import type { Failure, StepStatus, UsageTotal, ValueOrigin } from '@patchbay/node-kit';
import { endRun } from './end-run.ts';
import { tellRecalled } from './end-step.ts';
import { createLiveText, type LiveText } from './live-text.ts';
import type { PlanStep } from './plan.ts';
import { countUsage, edgeState, type RunState } from './run-state.ts';
import { settleEdge, settleOutputs } from './settle.ts';

/**
 * How a step ended before: the `step-end` event as it was, or values given in their place. Only `succeeded` and `failed`
 * count; a step with any other status has not finished, and its turn goes as if nothing were known.
 */
export interface RecalledStep {
  status: StepStatus;
  outputs?: Record<string, Json> | undefined;
  error?: Failure | undefined;
  /** A failed step without it ends the run again, as it did. */
  handled?: true | undefined;
  atMs?: number | undefined;
  durationMs?: number | undefined;
  usage?: UsageTotal | undefined;
  model?: string | undefined;
  simulated?: boolean | undefined;
  /** Set where the record is not this run's own: then its usage is not counted again. */
  origin?: ValueOrigin | undefined;
}

/** What is known of a step, by its scope (`''` at the top) and node. Asked once, when the step's turn has come. */
export type Recall = (scope: string, node: string) => RecalledStep | undefined;

/** Ends a step as its record says; false where nothing is known and the step has to be executed. */
export function recallStep(run: RunState, step: PlanStep, recall: Recall): boolean {
  const record = recall(run.scope, step.id);
  if (record === undefined || (record.status !== 'succeeded' && record.status !== 'failed')) return false;
  const { origin, outputs = {} } = record;
  if (origin !== undefined) run.reused.push({ node: step.id, scope: run.scope, origin });
  countUsage(run, -1, origin === undefined ? record.usage : undefined, record.simulated === true);
  tellRecalled(run, step, record);
  if (record.status === 'succeeded') settleOutputs(run, step, outputs, 'branch');
  else if (record.handled === true) settleHandled(run, step, outputs);
  else endRun(run, 'failed', record.error ?? { class: 'internal', reason: 'unexpected', params: {}, node: step.id });
  return true;
}

/** The values the rule gave go on; texts that had begun and broke off are shown to their readers as far as they came. */
function settleHandled(run: RunState, step: PlanStep, outputs: Readonly<Record<string, Json>>): void {
  const ruled = step.rule.otherwise === 'error-output' ? ['error'] : Object.keys(step.rule.values);
  const values: Record<string, Json> = {};
  const broken: LiveText[] = [];
  for (const { id, edges } of step.outputs) {
    const value = Object.hasOwn(outputs, id) ? outputs[id] : undefined;
    if (ruled.includes(id)) {
      if (value !== undefined) values[id] = value;
      continue;
    }
    if (typeof value !== 'string' || value === '') continue;
    const text = createLiveText();
    text.push(value);
    broken.push(text);
    for (const edge of edges) if (edge.streams) settleEdge(run, edge, edgeState.open, text);
  }
  for (const text of broken) text.fail();
  settleOutputs(run, step, values, 'source_failed');
}
