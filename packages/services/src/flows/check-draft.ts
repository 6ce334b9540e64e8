import type { FlowDocument } from '@patchbay/flow';
import { checkFlow, describeProblem } from '@patchbay/node-kit';
import { type Ctx, requireScope } from '../context.ts';
import type { CheckResource, ProblemResource } from '../resources.ts';
import { afterLargeFlow } from '../turns.ts';
import { findFlow, storedFlow } from './flow-resource.ts';

/** All problems of the stored draft, errors before warnings. */
export async function checkDraft({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<CheckResource> {
  requireScope(ctx, 'manage');
  const row = await findFlow(ctx, input.id);
  const flow = storedFlow(ctx.deps, row.document);
  await afterLargeFlow(flow);
  return { problems: problemsOf(ctx, flow) };
}

export function problemsOf({ deps, locale }: Pick<Ctx, 'deps' | 'locale'>, flow: FlowDocument): ProblemResource[] {
  const problems = checkFlow(flow, deps.catalogue).map((problem) => ({ ...problem, message: describeProblem(problem, locale) }));
  return [...problems.filter(({ severity }) => severity === 'error'), ...problems.filter(({ severity }) => severity !== 'error')];
}
