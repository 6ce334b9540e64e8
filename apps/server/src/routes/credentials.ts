import {
  createCredential,
  createCredentialInput,
  deleteCredential,
  editCredential,
  editCredentialInput,
  listCredentials,
  parseInput,
  rotateCredential,
  rotateCredentialInput,
  testCredential,
  tryCredential,
  tryCredentialInput,
} from '@patchbay/services';
import { Hono } from 'hono';
import type { Env } from '../environment.ts';
import { empty, json } from '../http/answer.ts';
import { readJson } from '../http/body.ts';
import { eventStream } from '../http/event-stream.ts';

/** `/api/credentials`: connections to providers and secrets of HTTP steps. Secrets come in and never go out. */
export const credentialRoutes = new Hono<Env>()
  .get('/', async (c) => json(await listCredentials({ ctx: c.var.ctx })))
  .post('/', async (c) => {
    const { ctx } = c.var;
    const input = parseInput(createCredentialInput, await readJson(c), ctx.locale);
    return json(await createCredential({ ctx, input }), 201);
  })
  .put('/:id', async (c) => {
    const { ctx } = c.var;
    const change = parseInput(editCredentialInput, await readJson(c), ctx.locale);
    return json(await editCredential({ ctx, input: { id: c.req.param('id'), ...change } }));
  })
  .delete('/:id', async (c) => {
    await deleteCredential({ ctx: c.var.ctx, input: { id: c.req.param('id') } });
    return empty();
  })
  .post('/:id/rotate', async (c) => {
    const { ctx } = c.var;
    const input = parseInput(rotateCredentialInput, await readJson(c), ctx.locale);
    return json(await rotateCredential({ ctx, input: { id: c.req.param('id'), ...input } }));
  })
  .post('/:id/test', async (c) => json(await testCredential({ ctx: c.var.ctx, input: { id: c.req.param('id') } })))
  .post('/:id/try', async (c) => {
    const { ctx } = c.var;
    const input = parseInput(tryCredentialInput, await readJson(c), ctx.locale);
    const leave = new AbortController();
    const answer = await tryCredential({ ctx, input: { id: c.req.param('id'), ...input } });
    return eventStream(answer(leave.signal), leave, ctx.deps);
  });
