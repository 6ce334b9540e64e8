import { type HealthResource, health } from '@patchbay/services';
import { Hono } from 'hono';
import type { Env, ServerParts } from '../environment.ts';
import { json } from '../http/answer.ts';
import { checkHost } from '../http/origin.ts';

/** `/health` says that the process lives and how its store is; `/ready` whether to send it requests. Open to all. */
export function healthRoutes({ deps }: Pick<ServerParts, 'deps'>): Hono<Env> {
  return new Hono<Env>()
    .get('/health', async (c) => {
      checkHost(c.req.header('host'));
      return json(await health({ deps }));
    })
    .get('/ready', async (c) => {
      checkHost(c.req.header('host'));
      const state: HealthResource = deps.dispatcher.stopping ? { ...(await health({ deps })), status: 'degraded' } : await health({ deps });
      return json(state, state.status === 'ok' ? 200 : 503);
    });
}
