import { type Ctx, requireScope } from '../context.ts';
import type { TemplateList } from '../resources.ts';

/** The flows offered for copying, in the order of Home's cards and with their texts in the reader's language. */
export async function listTemplates({ ctx }: { ctx: Ctx }): Promise<TemplateList> {
  requireScope(ctx, 'read');
  const templates = ctx.deps.templates.map(({ flows, ...template }) => ({ ...template, flow: flows[ctx.locale] }));
  return { templates: templates.sort((a, b) => a.order - b.order) };
}
