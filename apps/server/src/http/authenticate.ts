import { type Ctx, findOwnerSession, localeOf, requireScope, ServiceError, verifyKey } from '@patchbay/services';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Env, ServerParts } from '../environment.ts';

/** Exactly this scheme, and one space. */
const bearer = /^Bearer ([\x21-\x7e]{1,200})$/;

const challenge = { headers: { 'WWW-Authenticate': 'Bearer realm="patchbay"' } };

export const cookieName = (port: number): string => `patchbay_owner_${port}`;

/** Who calls by key. Throws where the key is missing or not good. */
export async function keyCaller(c: Context<Env>, { deps }: Pick<ServerParts, 'deps'>): Promise<Ctx> {
  const header = c.req.header('authorization');
  if (header === undefined) throw new ServiceError('unauthenticated', 'key_missing', challenge);
  const key = bearer.exec(header)?.[1];
  const known = key === undefined ? undefined : await verifyKey({ deps, key });
  if (known === undefined) throw new ServiceError('unauthenticated', 'key_wrong', challenge);
  return { workspaceId: known.workspaceId, actor: known.actor, locale: localeOf(c.req.header('accept-language')), deps };
}

/** Who uses the management API: the owner by cookie, or a key of scope `manage`. */
export async function manager(c: Context<Env>, parts: Pick<ServerParts, 'deps' | 'port'>): Promise<Ctx> {
  const secret = getCookie(c, cookieName(parts.port()));
  const { deps } = parts;
  const session = secret === undefined ? undefined : await findOwnerSession({ deps, secret });
  if (session !== undefined) {
    return { workspaceId: session.workspaceId, actor: { kind: 'owner' }, locale: localeOf(c.req.header('accept-language')), deps };
  }
  if (c.req.header('authorization') === undefined) throw new ServiceError('unauthenticated', 'owner_needed', challenge);
  const ctx = await keyCaller(c, parts);
  requireScope(ctx, 'manage');
  return ctx;
}
