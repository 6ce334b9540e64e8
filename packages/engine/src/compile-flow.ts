import { checkGraph, type FlowDocument, type Problem, readFlow } from '@patchbay/flow';
import type { Catalogue } from '@patchbay/node-kit';
import { buildPlan } from './build-plan.ts';
import { checkLocal } from './check-local.ts';
import type { Plan } from './plan.ts';

export type Compilation = { ok: true; plan: Plan; warnings: Problem[] } | { ok: false; problems: Problem[] };

/** A plan, or all problems at once, each with its place. Any value may be given: nothing in it can make this throw. */
export function compileFlow(flow: FlowDocument, catalogue: Catalogue): Compilation {
  const reading = readFlow(flow);
  if (reading.flow === undefined) return { ok: false, problems: reading.problems };
  const problems = [...checkGraph(reading.flow), ...checkLocal(reading.flow, catalogue)];
  if (problems.some((problem) => problem.severity === 'error')) return { ok: false, problems };
  return { ok: true, plan: buildPlan(reading.flow, catalogue), warnings: problems };
}
