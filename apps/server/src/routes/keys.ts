import { createKey, createKeyInput, listKeys, parseInput, revokeKey } from '@patchbay/services';
import { Hono } from 'hono';
import type { Env } from '../environment.ts';
import { empty, json } from '../http/answer.ts';
import { readJson } from '../http/body.ts';

/** `/api/keys`: what callers present. */
export const keyRoutes = new Hono<Env>()
  .get('/', async (c) => json(await listKeys({ ctx: c.var.ctx })))
  .post('/', async (c) => {
    const input = parseInput(createKeyInput, await readJson(c), c.var.ctx.locale);
    return json(await createKey({ ctx: c.var.ctx, input }), 201);
  })
  .delete('/:id', async (c) => {
    await revokeKey({ ctx: c.var.ctx, input: { id: c.req.param('id') } });
    return empty();
  });
