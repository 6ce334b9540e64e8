import * as z from 'zod';
import { type Ctx, requireScope } from '../context.ts';
import type { RunList } from '../resources.ts';
import { runSummary } from './run-resource.ts';

/** The query of the list, as its texts arrive. */
export const listRunsInput = z.strictObject({
  flow: z.string().max(100).optional(),
  /** Id of the last run of the page before. */
  before: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Runs of the workspace, newest first, in pages. */
export async function listRuns({ ctx, input }: { ctx: Ctx; input: z.output<typeof listRunsInput> }): Promise<RunList> {
  requireScope(ctx, 'read');
  const { flow, before, limit } = input;
  // One more than asked tells whether there is another page.
  const rows = await ctx.deps.database.runs.list(ctx.workspaceId, { flowId: flow, before, limit: limit + 1 });
  const page = rows.slice(0, limit);
  return { runs: page.map(runSummary), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
