import { type Ctx, requireScope } from '../context.ts';
import type { TemplateList } from '../resources.ts';

/** The flows offered for copying, in the order of Home's cards. */
export async function listTemplates({ ctx }: { ctx: Ctx }): Promise<TemplateList> {
  requireScope(ctx, 'read');
  return { templates: [...ctx.deps.templates].sort((a, b) => a.order - b.order) };
}
