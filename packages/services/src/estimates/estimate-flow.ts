import { compileFlow, type LoadFlow, type Recall, startRun } from '@patchbay/engine';
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
  /** What is known of the inputs; the rest is taken from examples and defaults. */
  inputs: Readonly<Record<string, Json>>;
  /** Finds the flows its steps run; without it such steps are not followed. What is known of steps calls nobody. */
  inside?: { loadFlow: LoadFlow; flowKey: string; recall?: Recall | undefined } | undefined;
}

/**
 * What a run of a flow would ask of models, before it runs: the flow is rehearsed on each of its routes, by the engine
 * itself, in a world in which nobody is called. Undefined for a flow that does not compile.
 */
export async function estimateFlow({
  flow,
  catalogue,
  host,
  workspace,
  inputs,
  inside,
}: Estimating): Promise<EstimateResource | undefined> {
  const routes = routesOf(flow, catalogue);
  const values = filled(flowFace(flow, catalogue).inputs, inputs);
  const totals: UsageTotal[] = [];
  const steps = new Map<string, UsageTotal[]>();
  let complete = routes.complete;
  let simulated = false;
  const models = new Map<string, string>();
  for (const [index, choices] of routes.all.entries()) {
    const compiled = compileFlow(flow, rehearsedCatalogue(catalogue, choices));
    if (!compiled.ok) return undefined;
    const ends = new Map<string, UsageTotal>();
    const { result } = startRun(compiled.plan, values, {
      world: host.rehearsal({ locale: 'en', ...(workspace === undefined ? {} : { workspace }) }),
      runId: 'rehearsal',
      ...engineLimits(limits),
      ...inside,
      onEvent: (event) => {
        if (event.type === 'step-end') noteEnd(event, ends, models);
      },
    });
    const { status, usage, simulated: some } = await result;
    complete &&= status === 'succeeded';
    simulated ||= some;
    totals.push(usage);
    for (const [node, spent] of ends) steps.set(node, [...(steps.get(node) ?? Array.from({ length: index }, none)), spent]);
    for (const [node, all] of steps) if (all.length <= index) steps.set(node, [...all, none()]);
  }
  const estimates = [...steps].map(([node, all]): StepEstimate => ({ node, model: models.get(node) ?? '', ...rangesOf(all) }));
  return { ...rangesOf(totals), simulated, complete, steps: estimates };
}

const none = (): UsageTotal => ({ calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: true });

function noteEnd({ node, usage, model }: StepEnd, ends: Map<string, UsageTotal>, models: Map<string, string>): void {
  if (usage === undefined || model === undefined) return;
  models.set(node, model);
  const before = ends.get(node) ?? none();
  ends.set(node, {
    calls: before.calls + usage.calls,
    inputTokens: before.inputTokens + usage.inputTokens,
    outputTokens: before.outputTokens + usage.outputTokens,
    costUsd: before.costUsd === null || usage.costUsd === null ? null : before.costUsd + usage.costUsd,
    estimated: true,
  });
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
