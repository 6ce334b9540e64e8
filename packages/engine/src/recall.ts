import type { Json } from '@patchbay/flow';
import {
  type Failure,
  fillChips,
  isTextStream,
  type RunEvent,
  type StepStatus,
  type UsageTotal,
  type ValueOrigin,
} from '@patchbay/node-kit';
import { endRun, type FinalStatus } from './end-run.ts';
import { tellRecalled } from './end-step.ts';
import { gather, hindrance } from './gather.ts';
import { createLiveText, type LiveText } from './live-text.ts';
import { putOff } from './park.ts';
import { type Plan, type PlanOutputPort, type PlanRule, type PlanStep, passesOn } from './plan.ts';
import { countUsage, edgeState, elapsed, type RunState } from './run-state.ts';
import { settleEdge, settleOutputs } from './settle.ts';

type StepEnd = Extract<RunEvent, { type: 'step-end' }>;

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
  /** What had ended inside it, told before its own end; what that cost is not told again. */
  inside?: readonly StepEnd[] | undefined;
}

/** What a step would do if it were executed now: all that its answer may follow from, beside its place and its name. */
export interface StepAsk {
  type: string;
  /** With its chips filled in. */
  config: Readonly<Record<string, Json>>;
  inputs: Readonly<Record<string, Json>>;
  rule: PlanRule;
  /** What stands inside it, of a container. */
  inside: Plan | undefined;
}

/**
 * What is known of a step, by its scope (`''` at the top) and node. Asked once, when the step's turn has come. `ask` says
 * what it is about to do; undefined where it would do nothing of its own, or where a text it reads is still arriving.
 */
export type Recall = (scope: string, node: string, ask: () => StepAsk | undefined) => RecalledStep | undefined;

/** How a run ends in which nothing is executed, when what is known has no end of it. */
export interface KnownEnd {
  status: FinalStatus;
  error?: Failure | undefined;
  /** The outputs of the flow that were whole by then; no other is given. Absent means all that come about. */
  outputs?: ReadonlySet<string> | undefined;
  /** Steps that run others and do nothing else: these are executed, so that what stands inside them is seen. */
  opens?: ((scope: string, node: string) => boolean) | undefined;
}

/** Ends a step as its record says; false where nothing is known and the step has to be executed. */
export function recallStep(run: RunState, step: PlanStep, recall: Recall): boolean {
  const record = recall(run.scope, step.id, () => askOf(run, step));
  if (record === undefined || (record.status !== 'succeeded' && record.status !== 'failed')) return false;
  const { origin, outputs = {} } = record;
  const atMs = elapsed(run);
  if (origin !== undefined) {
    run.reused.push({ node: step.id, scope: run.scope, origin, ageMs: Math.max(0, run.startedAt + atMs - origin.at) });
  }
  countUsage(run, -1, origin === undefined ? record.usage : undefined, record.simulated === true);
  for (const event of record.inside ?? []) tellInside(run, event, atMs);
  tellRecalled(run, step, record, atMs);
  if (record.status === 'succeeded') settleOutputs(run, step, outputs, 'branch');
  else if (record.handled === true) settleHandled(run, step, outputs);
  else if (run.knownOnly !== undefined && run.above === undefined) {
    // Others may have ended after it began to write and before it failed.
    openTexts(run, step.outputs, outputs);
    putOff(run);
  } else endRun(run, 'failed', record.error ?? { class: 'internal', reason: 'unexpected', params: {}, node: step.id });
  return true;
}

function tellInside(run: RunState, { usage: _usage, cached: _cached, ...event }: StepEnd, atMs: number): void {
  run.emit?.({ ...event, atMs, durationMs: 0, recalled: true });
}

/** The step as it would be executed. What hinders it, or what it reads and cannot be read, is for its turn to find. */
function askOf(run: RunState, step: PlanStep): StepAsk | undefined {
  if (step.type === '' || step.type === passesOn || step.kind !== 'node' || hindrance(run, step) !== undefined) return undefined;
  try {
    const inputs = gather(run, step);
    if (Object.values(inputs).some(isTextStream)) return undefined;
    const values = inputs as Record<string, Json>;
    const config = step.slots.length === 0 ? step.config : fillChips(step.config, step.slots, values);
    return {
      type: step.type,
      config,
      inputs: step.inner === undefined ? values : { ...values, ...inletValues(run, step) },
      rule: step.rule,
      inside: step.inner,
    };
  } catch {
    return undefined;
  }
}

/** What the steps inside a container read from outside; one that is closed is told from null by being absent. */
function inletValues(run: RunState, { inlets }: PlanStep): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const { port } of inlets) {
    const [edge] = port.edges;
    if (edge !== undefined && run.edges[edge.index] === edgeState.value) values[port.id] = run.contents[edge.index] as Json;
  }
  return values;
}

/** The values the rule gave go on; texts that had begun and broke off are shown to their readers as far as they came. */
function settleHandled(run: RunState, step: PlanStep, outputs: Readonly<Record<string, Json>>): void {
  const ruled = step.rule.otherwise === 'error-output' ? ['error'] : Object.keys(step.rule.values);
  const values: Record<string, Json> = {};
  for (const id of ruled) {
    const value = Object.hasOwn(outputs, id) ? outputs[id] : undefined;
    if (value !== undefined) values[id] = value;
  }
  const broken = openTexts(
    run,
    step.outputs.filter(({ id }) => !ruled.includes(id)),
    outputs,
  );
  for (const text of broken) text.fail();
  settleOutputs(run, step, values, 'source_failed');
}

/** Shows texts that had begun to those who read them as they come; none of them ends by that. */
function openTexts(run: RunState, ports: readonly PlanOutputPort[], outputs: Readonly<Record<string, Json>>): LiveText[] {
  const texts: LiveText[] = [];
  for (const { id, edges } of ports) {
    const value = Object.hasOwn(outputs, id) ? outputs[id] : undefined;
    if (typeof value !== 'string' || value === '') continue;
    const text = createLiveText();
    text.push(value);
    texts.push(text);
    for (const edge of edges) if (edge.streams) settleEdge(run, edge, edgeState.open, text);
  }
  return texts;
}
