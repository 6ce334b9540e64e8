import { type KnownEnd, learnAnswers, pathOf, pathsAround, type Recall, type RecalledStep, recallRecord } from '@patchbay/engine';
import type { FlowDocument, Locale } from '@patchbay/flow';
import type { Catalogue, RunStatus } from '@patchbay/node-kit';
import type { Deps } from '../deps.ts';
import type { RunSource } from '../resources.ts';
import { flowKey } from '../runs/load-flow.ts';
import { makeTarget } from '../runs/target.ts';
import { type FormerRun, findFormerRun } from './former-run.ts';
import { pastFlowLoader } from './past-flows.ts';
import type { Pins, RunMaking } from './run-making.ts';
import { stepsFrom, stepsOnly } from './steps-anew.ts';

/** What the engine is told of steps that need not be executed. */
export interface KnownSteps {
  recall: Recall;
  only?: ReadonlySet<string>;
  knownOnly?: KnownEnd;
}

export interface KnownStepsOf {
  deps: Deps;
  workspaceId: string;
  flowId: string;
  /** The document that runs; not needed for a replay. */
  flow: FlowDocument | undefined;
  source: RunSource;
  locale: Locale;
  making: RunMaking | undefined;
}

/** What is known of the steps of a run that is made so; undefined for one that simply runs. */
export async function knownSteps(of: KnownStepsOf): Promise<KnownSteps | undefined> {
  const { deps, workspaceId, making, flow } = of;
  if (making === undefined) return undefined;
  if (making.replay !== undefined) {
    const former = await findFormerRun(deps, workspaceId, making.replay.run);
    if (former === undefined) return undefined;
    return making.replay.version === 'recorded' ? asRecorded(former) : { recall: await answersOf(of, former) };
  }
  const pins = making.pins ?? {};
  if (flow === undefined || (making.only === undefined && making.from === undefined && Object.keys(pins).length === 0)) return undefined;
  const former = making.reuse === undefined ? undefined : await findFormerRun(deps, workspaceId, making.reuse);
  return partOf(deps.catalogue, flow, { ...making, pins }, former);
}

function partOf(catalogue: Catalogue, flow: FlowDocument, making: RunMaking & { pins: Pins }, former: FormerRun | undefined): KnownSteps {
  const { only, from, pins } = making;
  const wanted = only && stepsOnly(flow, catalogue, only);
  const anew = wanted ?? (from === undefined ? new Set<string>() : stepsFrom(flow, catalogue, from));
  const lent = former === undefined ? undefined : lentBy(former, flow);
  const recall: Recall = (scope, node) => {
    if (!isOfFlow(flow, catalogue, scope, node)) return undefined;
    const pin = Object.hasOwn(pins, node) ? pins[node] : undefined;
    if (pin !== undefined) return { status: 'succeeded', outputs: pin.outputs, origin: { kind: 'pin', at: pin.at } };
    return anew.has(node) ? undefined : lent?.(scope, node);
  };
  return { recall, ...(wanted === undefined ? {} : { only: wanted }) };
}

/** A place at the top of the flow or in its containers: what stands in a flow that a step runs is not of it. */
function isOfFlow({ nodes }: FlowDocument, catalogue: Catalogue, scope: string, node: string): boolean {
  const roleOf = (id: string) => (Object.hasOwn(nodes, id) ? catalogue.get(nodes[id]?.type ?? '')?.role : undefined);
  if (!Object.hasOwn(nodes, node) || roleOf(node) === 'flow-input') return false;
  return scope === '' || pathsAround(scope).every((path) => roleOf(path.split('/').at(-1) ?? '') === 'container');
}

/** The values a former run may give to steps of a flow: those of the same step, if it still is of the same type. */
export function lentBy(former: FormerRun, flow: FlowDocument): (scope: string, node: string) => RecalledStep | undefined {
  const placeOf = (scope: string, node: string): string => `${scope.replaceAll(/~\d+/g, '')}\n${node}`;
  // Of several tries of a container the last counts.
  const steps = new Map(former.steps.map((step) => [placeOf(step.scope, step.node), step]));
  return (scope, node) => {
    const step = steps.get(placeOf(scope, node));
    if (step === undefined || (step.status !== 'succeeded' && step.handled !== true)) return undefined;
    const then = former.flow?.nodes[node];
    const now = flow.nodes[node];
    if (now === undefined || (then !== undefined && then.type !== now.type)) return undefined;
    return pathOf(step.scope, node) === pathOf(scope, node) ? step : { ...step, inside: undefined };
  };
}

const ends: Partial<Record<RunStatus, KnownEnd['status']>> = { cancelled: 'cancelled' };

function asRecorded({ row, record, steps }: FormerRun): KnownSteps {
  const knownOnly: KnownEnd = {
    status: ends[row.status as RunStatus] ?? 'failed',
    error: record.error ?? { class: 'internal', reason: 'interrupted', params: {} },
    outputs: new Set(Object.keys(record.outputs)),
  };
  return { recall: recallRecord(steps), knownOnly };
}

/** What the run found out, by what it asked: found by walking through the flow of then. */
async function answersOf({ deps, workspaceId, source, locale }: KnownStepsOf, former: FormerRun): Promise<Recall> {
  const { flow, row, record, steps } = former;
  const { flowId, version } = row;
  const made = flow && makeTarget(deps, { workspaceId, flowId, version, flow }, locale);
  if (made === undefined || 'errors' in made) return () => undefined;
  return learnAnswers(made.target.plan, record.inputs, steps, {
    world: deps.host.world({ locale, streaming: false, workspace: workspaceId, purses: [] }),
    loadFlow: pastFlowLoader({ workspaceId, locale, deps }, source, row),
    flowKey: flowKey(made.target),
  });
}
