import {
  defaultModelInput,
  findOllama,
  listEmbeddingModels,
  listModels,
  listNodes,
  listProviders,
  listTemplates,
  parseInput,
  setDefaultModel,
} from '@patchbay/services';
import { Hono } from 'hono';
import type { Env } from '../environment.ts';
import { json } from '../http/answer.ts';
import { readJson } from '../http/body.ts';

/** `/api/nodes`, `/api/templates`, `/api/models`, `/api/providers`: what a flow can be made of. */
export const catalogueRoutes = new Hono<Env>()
  .get('/nodes', async (c) => json(await listNodes({ ctx: c.var.ctx })))
  .get('/templates', async (c) => json(await listTemplates({ ctx: c.var.ctx })))
  .get('/models', async (c) => json(await listModels({ ctx: c.var.ctx })))
  .get('/models/embedding', async (c) => json(await listEmbeddingModels({ ctx: c.var.ctx })))
  .put('/models/default', async (c) => {
    const { ctx } = c.var;
    return json(await setDefaultModel({ ctx, input: parseInput(defaultModelInput, await readJson(c), ctx.locale) }));
  })
  .get('/providers', async (c) => json(await listProviders({ ctx: c.var.ctx })))
  .get('/providers/ollama', async (c) => json(await findOllama({ ctx: c.var.ctx })));
