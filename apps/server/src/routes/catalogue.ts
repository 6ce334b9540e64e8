import { listModels, listNodes, listTemplates } from '@patchbay/services';
import { Hono } from 'hono';
import type { Env } from '../environment.ts';
import { json } from '../http/answer.ts';

/** `/api/nodes`, `/api/templates`, `/api/models`: what a flow can be made of. */
export const catalogueRoutes = new Hono<Env>()
  .get('/nodes', async (c) => json(await listNodes({ ctx: c.var.ctx })))
  .get('/templates', async (c) => json(await listTemplates({ ctx: c.var.ctx })))
  .get('/models', async (c) => json(await listModels({ ctx: c.var.ctx })));
