import { preparePublishedRun } from '@patchbay/services';
import { Hono } from 'hono';
import type { Env, ServerParts } from '../environment.ts';
import { refuse } from '../http/answer.ts';
import { keyCaller } from '../http/authenticate.ts';
import { readJson } from '../http/body.ts';
import { checkHost } from '../http/origin.ts';
import { answerRun } from './run-answer.ts';

/** `/v1`: the API of published flows. One handler and no middleware, since every call of a flow passes here. */
export function publishedRoutes(parts: ServerParts): Hono<Env> {
  return new Hono<Env>().post('/v1/flows/:slug/runs', async (c) => {
    try {
      checkHost(c.req.header('host'));
      const ctx = await keyCaller(c, parts);
      const prepared = await preparePublishedRun({ ctx, input: { slug: c.req.param('slug'), body: await readJson(c) } });
      return await answerRun(c, ctx, prepared);
    } catch (error) {
      return refuse(c, parts, error);
    }
  });
}
