import type * as z from 'zod';
import { type Ctx, requireScope } from '../context.ts';
import type { CredentialResource } from '../resources.ts';
import { ServiceError } from '../service-error.ts';
import { refuseAt } from './address.ts';
import { credentialResource, findCredential } from './credential-resource.ts';
import type { editCredentialInput } from './input.ts';
import { partOf } from './providers.ts';

type Input = { id: string } & z.output<typeof editCredentialInput>;

/** Changes the title, the model that a bare name means, or whose runs may use it: from their next call on. What flows call it, its origin and its secret stay. */
export async function editCredential({ ctx, input: { id, ...change } }: { ctx: Ctx; input: Input }): Promise<CredentialResource> {
  requireScope(ctx, 'manage');
  const { version, provider } = await findCredential(ctx, id);
  const { title, model, usableBy } = change;
  if (model === null && partOf(provider, 'model')?.required === true) throw refuseAt(ctx, '/model', 'deployment_needed');
  const set = {
    ...(title === undefined ? {} : { title }),
    ...(model === undefined ? {} : { model }),
    ...(usableBy === undefined ? {} : { usableBy }),
  };
  if (Object.keys(set).length > 0) {
    const changed = await ctx.deps.database.credentials.change(ctx.workspaceId, id, version, set);
    ctx.deps.vault.forget(ctx.workspaceId);
    if (!changed) throw new ServiceError('conflict', 'credential_changed');
  }
  return credentialResource(ctx, id);
}
