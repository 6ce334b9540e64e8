import { fillWords, toPointer } from '@patchbay/flow';
import type { Ctx } from '../context.ts';
import { type FieldError, reasonWords, ServiceError } from '../service-error.ts';

export const flowIdPattern = /^flow_[0-9a-z]{26}$/;

/** The flows that slugs and ids name now, as ids: an address may change, or lead to another flow one day. */
export async function flowIds({ workspaceId, locale, deps: { database } }: Ctx, names: readonly string[]): Promise<string[]> {
  const ids = new Set<string>();
  const errors: FieldError[] = [];
  for (const [index, name] of names.entries()) {
    const flow = flowIdPattern.test(name) ? await database.flows.read(workspaceId, name) : await database.flows.findBySlug(name);
    // A flow of another workspace is as unknown as one that was never made.
    if (flow?.workspaceId === workspaceId) ids.add(flow.id);
    else errors.push({ pointer: toPointer(['flows', String(index)]), message: fillWords(reasonWords.flow_unknown, { name }, locale) });
  }
  if (errors.length > 0) throw new ServiceError('invalid_input', 'body_invalid', { errors });
  return [...ids];
}
