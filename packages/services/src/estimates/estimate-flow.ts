import { addUsage, compileFlow, type LoadFlow, noUsage, type Plan, type Recall, startRun } from '@patchbay/engine';
import type { FlowDocument, Json } from '@patchbay/flow';
import type { Host } from '@patchbay/host';
import { type Catalogue, type FlowField, flowFace, type RunEvent, type UsageTotal } from '@patchbay/node-kit';
import { engineLimits } from '../limits/limit-settings.ts';
import type { EstimateRange, EstimateResource, StepEstimate } from '../resources.ts';
import { routesOf } from './choices.ts';
import { rehearsedCatalogue } from './rehearsed-catalogue.ts';

/** A rehearsal that takes longer is given up. */
const limits = { runSeconds: 5, runSteps: 10_000 };

type StepEnd = Extract<RunEvent, { type: 'step-end' }>;

export interface Estimating {
  flow: FlowDocument;
  catalogue: Catalogue;
  host: Pick<Host, 'rehearsal'>;
  /** Whose connections are meant; absent means those of the environment alone. */
  workspace?: string;
  /** Whoever would start the run manages the workspace. A step that another could not run is not followed. */
  manages?: boolean;
  /** What is known of the inputs; the rest is taken from examples and defaults. */
  inputs: Readonly<Record<string, Json>>;
  /** Finds the flows its steps run; without it such steps are not followed. What is known of steps calls nobody. */
  inside?: { loadFlow: LoadFlow; flowKey: string; recall?: Recall | undefined } | undefined;
}

/**
 * What a run of a flow would ask of models, before it runs: the flow is rehearsed on each of its routes, by the engine
 * itself, in a world in which nobody is called. Where models are offered tools each route is walked twice: once they answer
 * at once, once they call tools as long as they may. Undefined for a flow that does not compile.
 */
export async function estimateFlow(estimating: Estimating): Promise<EstimateResource | undefined> {
  const { flow, catalogue, inputs } = estimating;
  const routes = routesOf(flow, catalogue);
  const values = filled(flowFace(flow, catalogue).inputs, inputs);
  const walks: Walk[] = [];
  for (const choices of routes.all) {
    const compiled = compileFlow(flow, rehearsedCatalogue(catalogue, choices));
    if (!compiled.ok) return undefined;
    const quick = await walk(estimating, compiled.plan, values, false);
    walks.push(quick);
    if (quick.tools) walks.push(await walk(estimating, compiled.plan, values, true));
  }
  const models = new Map(walks.flatMap(({ ends }) => [...ends].map(([node, { model }]) => [node, model] as const)));
  const steps = [...models].map(([node, model]): StepEstimate => {
    return { node, model, ...rangesOf(walks.map(({ ends }) => ends.get(node)?.usage ?? noUsage())) };
  });
  return {
    ...rangesOf(walks.map(({ usage }) => usage)),
    simulated: walks.some(({ simulated }) => simulated),
    complete: routes.complete && walks.every(({ whole }) => whole),
    steps,
  };
}

/** One rehearsal. */
interface Walk {
  usage: UsageTotal;
  simulated: boolean;
  /** It came to its end. */
  whole: boolean;
  /** A model was offered tools. */
  tools: boolean;
  /** By step of the flow that asked a model. */
  ends: Map<string, { model: string; usage: UsageTotal }>;
}

async function walk(estimating: Estimating, plan: Plan, values: Record<string, Json>, useTools: boolean) {
  const { flow, host, workspace, manages = false, inside } = estimating;
  const ends: Walk['ends'] = new Map();
  let tools = false;
  const onTools = (): void => {
    tools = true;
  };
  const { result } = startRun(plan, values, {
    world: host.rehearsal({ locale: 'en', manages, useTools, onTools, ...(workspace === undefined ? {} : { workspace }) }),
    runId: 'rehearsal',
    ...engineLimits(limits),
    ...inside,
    onEvent: (event) => {
      if (event.type === 'step-end') noteEnd(flow, event, ends);
    },
  });
  const { status, usage, simulated } = await result;
  return { usage, simulated, whole: status === 'succeeded', tools, ends };
}

function noteEnd(flow: FlowDocument, { node, scope, usage, model }: StepEnd, ends: Walk['ends']): void {
  if (usage === undefined || model === undefined) return;
  const step = stepOf(flow, node, scope);
  const total = ends.get(step)?.usage ?? noUsage();
  addUsage(total, usage);
  ends.set(step, { model, usage: total });
}

/** The step of this flow: what an agent asks or another flow does is the agent's, or that of the step which runs the flow. */
function stepOf({ nodes }: FlowDocument, node: string, scope: string): string {
  const containers = new Set(Object.values(nodes).map(({ parent }) => parent));
  const above = scope.split('/').map((part) => part.replace(/~\d+$/, ''));
  return above.find((id) => Object.hasOwn(nodes, id) && !containers.has(id)) ?? node;
}

function rangesOf(all: readonly UsageTotal[]): Pick<EstimateResource, 'calls' | 'inputTokens' | 'outputTokens' | 'costUsd'> {
  const range = (pick: (usage: UsageTotal) => number): EstimateRange => {
    const figures = all.map(pick);
    return { least: Math.min(...figures), most: Math.max(...figures) };
  };
  return {
    calls: range((usage) => usage.calls),
    inputTokens: range((usage) => usage.inputTokens),
    outputTokens: range((usage) => usage.outputTokens),
    // One route without a price leaves the whole unknown.
    costUsd: all.some(({ costUsd }) => costUsd === null) ? null : range((usage) => usage.costUsd ?? 0),
  };
}

const standInText = 'A text of some length, as a person would write it into a form. '.repeat(4).trim();

/** Every input with a value: as given, else by default, else the field's example, else something of its kind. */
function filled(fields: readonly FlowField[], inputs: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(fields.map((field) => [field.id, inputs[field.id] ?? field.default ?? field.example ?? standIn(field)]));
}

/** A list whose length nobody knows is reckoned with three items. */
function standIn({ type, options }: Pick<FlowField, 'type' | 'options'>): Json {
  if (type.endsWith('[]')) return Array.from({ length: 3 }, () => standIn({ type: type.slice(0, -2) as FlowField['type'], options }));
  if (type === 'number') return 1;
  if (type === 'boolean') return true;
  if (type === 'choice') return options?.[0] ?? '';
  return type === 'data' ? {} : standInText;
}
