import { newId } from '@patchbay/db';
import { fillWords, slugPattern } from '@patchbay/flow';
import * as z from 'zod';
import { type Ctx, requireScope } from '../context.ts';
import { keyLimitsSchema } from '../limits/key-limits.ts';
import { keyScopes, type NewKeyResource } from '../resources.ts';
import { reasonWords, ServiceError } from '../service-error.ts';
import { flowIdPattern, flowIds } from './flow-ids.ts';
import { hashKey, keyHint, makeKey } from './key-format.ts';
import { keyResources } from './key-resource.ts';

const flowName = new RegExp(`${slugPattern.source}|${flowIdPattern.source}`);

export const createKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z
    .array(z.enum(keyScopes))
    .min(1)
    .max(keyScopes.length)
    .transform((scopes) => keyScopes.filter((scope) => scopes.includes(scope))),
  /** Slugs or ids of the flows this key may run, whatever their slugs become; absent means all. */
  flows: z.array(z.string().regex(flowName)).min(1).max(1_000).optional(),
  /** What this key may use at most; absent means no more than its workspace. */
  limits: keyLimitsSchema.optional(),
});

/** Makes a key. The answer is the only place where it is ever shown. */
export async function createKey({ ctx, input }: { ctx: Ctx; input: z.output<typeof createKeyInput> }): Promise<NewKeyResource> {
  requireScope(ctx, 'manage');
  if (input.flows !== undefined && input.scopes.includes('manage')) {
    const errors = [{ pointer: '/flows', message: fillWords(reasonWords.manage_is_whole, {}, ctx.locale) }];
    throw new ServiceError('invalid_input', 'manage_is_whole', { errors });
  }
  const flows = input.flows === undefined ? null : JSON.stringify(await flowIds(ctx, input.flows));
  const key = makeKey();
  const row = {
    id: newId('key'),
    name: input.name,
    hash: hashKey(key),
    hint: keyHint(key),
    scopes: JSON.stringify(input.scopes),
    flows,
    limits: input.limits === undefined ? null : JSON.stringify(input.limits),
    createdAt: ctx.deps.now(),
    lastUsedAt: null,
    revokedAt: null,
  };
  await ctx.deps.database.keys.create(ctx.workspaceId, row);
  const [resource] = await keyResources(ctx, [{ ...row, workspaceId: ctx.workspaceId }]);
  if (resource === undefined) throw new Error('one row makes one resource');
  return { ...resource, key };
}
