import { type FlowDocument, type Problem, readFlow } from '@patchbay/flow';
import { type Catalogue, checkFlow, flowFace, upgradeNodes } from '@patchbay/node-kit';
import { buildPlan } from './build-plan.ts';
import type { Plan } from './plan.ts';

/** What compiling gives: a plan, or every problem of the flow with its place. */
export type Compilation = { ok: true; plan: Plan; warnings: Problem[] } | { ok: false; problems: Problem[] };

/** Makes a flow ready to run. Any value may be given: a document that is none is a problem, never a throw. */
export function compileFlow(flow: FlowDocument, catalogue: Catalogue): Compilation {
  const reading = readFlow(flow);
  if (reading.flow === undefined) return { ok: false, problems: reading.problems };
  const upgraded = upgradeNodes(reading.flow, catalogue).flow;
  const problems = checkFlow(upgraded, catalogue);
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems };
  const defaults = new Map(flowFace(upgraded, catalogue).inputs.map((field) => [field.id, field.default]));
  return { ok: true, plan: buildPlan(upgraded, catalogue, defaults), warnings: problems };
}
