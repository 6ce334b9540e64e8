import { cancelRun, listRuns, listRunsInput, parseInput, readRun } from '@patchbay/services';
import { Hono } from 'hono';
import type { Env } from '../environment.ts';
import { empty, json } from '../http/answer.ts';

/** `/api/runs`: what has run. */
export const runRoutes = new Hono<Env>()
  .get('/', async (c) => json(await listRuns({ ctx: c.var.ctx, input: parseInput(listRunsInput, c.req.query(), c.var.ctx.locale) })))
  .get('/:id', async (c) => json(await readRun({ ctx: c.var.ctx, input: { id: c.req.param('id') } })))
  .post('/:id/cancel', async (c) => {
    await cancelRun({ ctx: c.var.ctx, input: { id: c.req.param('id') } });
    return empty();
  });
