import type { Json } from '@patchbay/flow';
import type { ModelCall, PortChunk, ReusedStep, RunEvent, RunResult, SkipReason, UsageTotal, World } from '@patchbay/node-kit';
import type { Before } from './hold-step.ts';
import { runLimits } from './limits.ts';
import type { LiveText } from './live-text.ts';
import type { LoadFlow } from './load-flow.ts';
import type { OpenParts } from './parts.ts';
import type { Plan, PlanEdge, PlanOutput, PlanPort, PlanStep } from './plan.ts';
import type { KnownEnd, Recall } from './recall.ts';
import type { StepContext } from './step-context.ts';
import type { OpenFlows } from './sub-flow.ts';
import { addUsage, noUsage } from './usage.ts';

/** Where an edge stands. `broken`: its stream had begun and then its source failed. */
export const edgeState = { pending: 0, open: 1, value: 2, closed: 3, broken: 4 } as const;
export type EdgeState = (typeof edgeState)[keyof typeof edgeState];
/** What an edge holds: its value, the text that is arriving, or why it is closed. */
export type EdgeContent = Json | LiveText | SkipReason | undefined;

/** One step that has started and not ended. */
export interface ActiveStep {
  readonly step: PlanStep;
  readonly startedMs: number;
  /** The attempt under way; results of any other are late and ignored. */
  context: StepContext | undefined;
  generator: AsyncGenerator<PortChunk, unknown> | undefined;
  /** Text by output port, from its first chunk on. */
  texts: Map<string, LiveText> | undefined;
  /** A reader may have seen a chunk: no retry and no fallback any more. */
  read: boolean;
  otherModel: boolean;
  usage: UsageTotal | undefined;
  model: string | undefined;
  simulated: boolean;
  /** The end of the pause before the next try, or of the time a try may take. */
  timer: ReturnType<typeof setTimeout> | undefined;
  /** It waits for something outside, and nothing of it is under way. */
  parked: boolean;
  /** Turns under way inside a container. */
  turns: ReadonlySet<RunState> | undefined;
}

export interface OutputState {
  readonly plan: PlanOutput;
  /** The source it looks at: all before it are closed. */
  cursor: number;
  text: LiveText | undefined;
  ended: boolean;
}

/** Somebody asked for the end while an event was told: nothing starts any more. One for a run with all that runs inside it. */
export interface Halt {
  end: (() => void) | undefined;
}

/** A started step that must stop: a stream it read from broke, or nobody is left who wants what it makes. */
export interface Stop {
  step: PlanStep;
  reason: SkipReason;
  broken: boolean;
}

/** All that one run knows. Arrays are indexed by the plan's integers. */
export interface RunState {
  readonly plan: Plan;
  readonly world: World;
  readonly runId: string;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly emit: ((event: RunEvent) => void) | undefined;
  readonly ready: (() => Promise<void> | undefined) | undefined;
  /** Starts what is ready; called after every outside event. */
  readonly wake: () => void;
  /** What `wake` does, for any run. */
  readonly drain: (run: RunState) => void;
  readonly opener: Opener;
  readonly finish: (result: RunResult) => void;
  readonly startedAt: number;
  /** Path of containers and iterations, `''` at the top. */
  readonly scope: string;
  /** The step in whose work this run stands: what it spends counts there too. */
  readonly above: { readonly run: RunState; readonly step: number } | undefined;
  readonly loadFlow: LoadFlow | undefined;
  /** Keys of the flows that stand above, this one included. */
  readonly chain: readonly string[];
  readonly recall: Recall | undefined;
  readonly only: ReadonlySet<string> | undefined;
  readonly knownOnly: KnownEnd | undefined;
  readonly before: Before | undefined;
  /** Steps whose values come from elsewhere; one list for a run with all that runs inside it. */
  readonly reused: ReusedStep[];
  readonly edges: Uint8Array;
  readonly contents: EdgeContent[];
  /** By port: for `first` the edge looked at, for the other rules how many have settled. */
  readonly cursors: Uint16Array;
  /** By port: 0 unsettled, 1 settled, 2 settled and, at an output node, counted. */
  readonly settled: Uint8Array;
  /** By step: wired ports still unsettled. */
  readonly waiting: Uint16Array;
  /** By producing step: open edges whose reader was skipped. */
  readonly dropped: Uint16Array;
  readonly active: (ActiveStep | undefined)[];
  readonly outputs: readonly OutputState[];
  readonly results: Record<string, Json>;
  /** Steps whose turn has come, in order, and how many of them have had it. */
  readonly queue: PlanStep[];
  head: number;
  /** Started steps that must stop before anything else starts. */
  readonly stops: Stop[];
  remaining: number;
  /** Kept at the top only: steps begun in all that runs inside. */
  started: number;
  readonly maxSteps: number;
  readonly usage: UsageTotal;
  simulated: boolean;
  /** A step of it is parked. */
  parked: boolean;
  look: ReturnType<typeof setTimeout> | undefined;
  draining: boolean;
  readonly halt: Halt;
  ended: boolean;
  onCall(step: number, call: ModelCall): void;
  openFlows(step: number, attempt: number): OpenFlows;
  openParts(step: number, attempt: number): OpenParts;
}

/** Handed in, since what runs inside a step stands above this file. */
export interface Opener {
  readonly flows: (run: RunState, step: PlanStep, attempt: number) => OpenFlows;
  readonly parts: (run: RunState, step: PlanStep, attempt: number) => OpenParts;
}

/** What a caller gives to start a run. */
export interface RunOptions {
  world: World;
  runId: string;
  /** Aborting it cancels the run. */
  signal?: AbortSignal | undefined;
  /** Told every event, in order and in the same tick. What it throws cancels the run. */
  onEvent?: ((event: RunEvent) => void) | undefined;
  /** Asked after each chunk; while what it gives is pending, the chunk's source waits. For slow readers. */
  ready?: (() => Promise<void> | undefined) | undefined;
  /** When the run was first started, in milliseconds since 1970; absent means now. All its times count from there. */
  startedAt?: number | undefined;
  /** Finds other flows that a step wants to run; without it there are none. */
  loadFlow?: LoadFlow | undefined;
  /** What `LoadedFlow.key` would be of this flow, so that it cannot run itself. */
  flowKey?: string | undefined;
  /** How long the run may take from now on, in milliseconds; then it fails with class `timeout`. Time set aside to wait does not count. */
  deadlineMs?: number | undefined;
  /** Steps it may start, in all turns and flows; absent means `runLimits.steps`. Then it fails with class `budget_exceeded`. */
  maxSteps?: number | undefined;
  /** What is known of steps already: they end as their record says and are not executed. */
  recall?: Recall | undefined;
  /**
   * Only these steps are executed; one that is neither among them nor known is skipped with `not_wanted`. The same holds
   * in the turns of containers, but not in other flows that a step runs.
   */
  only?: ReadonlySet<string> | undefined;
  /** No step is executed: one that is not known stands still, and when nothing else moves the run ends so. */
  knownOnly?: KnownEnd | undefined;
  /** Asked before a step is executed that must not run twice. */
  before?: Before | undefined;
}

/** A fresh run: nothing has settled, nothing is active. */
export function createRunState(
  plan: Plan,
  inputs: Readonly<Record<string, Json>>,
  options: RunOptions,
  hooks: Pick<RunState, 'emit' | 'finish' | 'drain' | 'opener'>,
  place: Pick<RunState, 'scope' | 'above' | 'reused' | 'chain' | 'halt'> = {
    scope: '',
    above: undefined,
    reused: [],
    chain: [options.flowKey ?? ''],
    halt: { end: undefined },
  },
): RunState {
  const waiting = new Uint16Array(plan.steps.length);
  for (const step of plan.steps) waiting[step.index] = step.wired;
  const run: RunState = {
    plan,
    world: options.world,
    runId: options.runId,
    inputs,
    emit: hooks.emit,
    ready: options.ready,
    drain: hooks.drain,
    wake: () => hooks.drain(run),
    finish: hooks.finish,
    startedAt: options.startedAt ?? options.world.now(),
    scope: place.scope,
    above: place.above,
    loadFlow: options.loadFlow,
    chain: place.chain,
    recall: options.recall,
    only: options.only,
    knownOnly: options.knownOnly,
    before: options.before,
    reused: place.reused,
    started: 0,
    maxSteps: options.maxSteps ?? runLimits.steps,
    edges: new Uint8Array(plan.edgeCount),
    contents: new Array<EdgeContent>(plan.edgeCount).fill(undefined),
    cursors: new Uint16Array(plan.portCount),
    settled: new Uint8Array(plan.portCount),
    waiting,
    dropped: new Uint16Array(plan.steps.length),
    active: new Array<ActiveStep | undefined>(plan.steps.length).fill(undefined),
    outputs: plan.outputs.map((output) => ({ plan: output, cursor: 0, text: undefined, ended: false })),
    results: {},
    queue: [],
    head: 0,
    stops: [],
    remaining: plan.steps.length,
    usage: noUsage(),
    simulated: false,
    parked: false,
    look: undefined,
    draining: false,
    halt: place.halt,
    ended: false,
    onCall: (step, call) => recordCall(run, step, call),
    opener: hooks.opener,
    openFlows: (step, attempt) => hooks.opener.flows(run, stepAt(plan, step), attempt),
    openParts: (step, attempt) => hooks.opener.parts(run, stepAt(plan, step), attempt),
  };
  return run;
}

function stepAt({ steps }: Plan, index: number): PlanStep {
  const step = steps[index];
  if (step === undefined) throw new Error(`the plan has no step ${index}`);
  return step;
}

/** A run inside the work of a step: same world, same run for the host, its own edges. */
export function createInnerRun(
  above: RunState,
  step: PlanStep,
  { plan, scope, emit, finish, chain, only }: Pick<RunState, 'plan' | 'scope' | 'emit' | 'finish' | 'chain' | 'only'>,
  inputs: Readonly<Record<string, Json>> = {},
): RunState {
  const { world, runId, ready, recall, knownOnly, before, startedAt, loadFlow, drain, opener } = above;
  const place = { scope, above: { run: above, step: step.index }, reused: above.reused, chain, halt: above.halt };
  const options = { world, runId, ready, recall, only, knownOnly, before, startedAt, loadFlow };
  return createRunState(plan, inputs, options, { emit, finish, drain, opener }, place);
}

function recordCall(run: RunState, index: number, call: ModelCall): void {
  countUsage(run, index, call, call.simulated);
  const active = run.active[index];
  if (active !== undefined) active.model = `${call.provider}/${call.model}`;
}

/** Counts what a step spent at the step, at its run and at every step it stands in. */
export function countUsage(run: RunState, index: number, usage: UsageTotal | undefined, simulated: boolean): void {
  if (usage !== undefined) addUsage(run.usage, usage);
  run.simulated ||= simulated;
  const active = run.active[index];
  if (active !== undefined) {
    if (usage !== undefined) {
      active.usage ??= noUsage();
      addUsage(active.usage, usage);
    }
    active.simulated ||= simulated;
  }
  if (run.above !== undefined) countUsage(run.above.run, run.above.step, usage, simulated);
}

/** Milliseconds since the run started. A clock that is set back never makes a time negative. */
export const elapsed = (run: RunState): number => Math.max(0, run.world.now() - run.startedAt);

export const stateOf = (run: RunState, edge: PlanEdge): EdgeState => (run.edges[edge.index] ?? 0) as EdgeState;
export const isSettled = (run: RunState, port: PlanPort): boolean => run.settled[port.index] !== 0;

/** For a `first` port: the edge that decides, once the port is settled; undefined when all are closed. */
export const chosenEdge = (run: RunState, port: PlanPort): PlanEdge | undefined => port.edges[run.cursors[port.index] ?? 0];

/** False from the moment somebody asked for the end. */
export const mayStart = (run: RunState): boolean => !run.ended && run.halt.end === undefined;

export const reasonOf = (run: RunState, edge: PlanEdge): SkipReason => run.contents[edge.index] as unknown as SkipReason;
