import {
  checkDraft,
  createFlow,
  deleteDraftConversation,
  deleteFlow,
  estimateDraft,
  listFlows,
  listVersions,
  parseInput,
  prepareDraftRun,
  publishFlow,
  publishInput,
  readDraftConversation,
  readFlow,
  readPins,
  readVersion,
  removePin,
  saveDraft,
  setPin,
} from '@patchbay/services';
import { Hono } from 'hono';
import type { Env } from '../environment.ts';
import { empty, json } from '../http/answer.ts';
import { readJson, readOptionalJson, readText } from '../http/body.ts';
import { answerRun } from './run-answer.ts';

/** `/api/flows`: drafts, their check, test run and versions. */
export const flowRoutes = new Hono<Env>()
  .get('/', async (c) => json(await listFlows({ ctx: c.var.ctx })))
  .post('/', async (c) => {
    const flow = await createFlow({ ctx: c.var.ctx, input: { text: await readText(c), slug: c.req.query('slug') } });
    return json(flow, 201, { ETag: flow.etag, Location: `/api/flows/${flow.id}` });
  })
  .get('/:id', async (c) => {
    const flow = await readFlow({ ctx: c.var.ctx, input: { id: c.req.param('id') } });
    return json(flow, 200, { ETag: flow.etag });
  })
  .put('/:id', async (c) => {
    const input = { id: c.req.param('id'), ifMatch: c.req.header('if-match'), text: await readText(c) };
    const flow = await saveDraft({ ctx: c.var.ctx, input });
    return json(flow, 200, { ETag: flow.etag });
  })
  .delete('/:id', async (c) => {
    await deleteFlow({ ctx: c.var.ctx, input: { id: c.req.param('id') } });
    return empty();
  })
  .post('/:id/check', async (c) => json(await checkDraft({ ctx: c.var.ctx, input: { id: c.req.param('id') } })))
  .post('/:id/estimate', async (c) =>
    json(await estimateDraft({ ctx: c.var.ctx, input: { id: c.req.param('id'), body: await readOptionalJson(c) } })),
  )
  .post('/:id/runs', async (c) => {
    const { ctx } = c.var;
    const body = await readJson(c);
    const prepared = await prepareDraftRun({ ctx, input: { id: c.req.param('id'), body } });
    return answerRun(c, ctx, { prepared, body, runs: '/api/runs' });
  })
  .get('/:id/pins', async (c) => json(await readPins({ ctx: c.var.ctx, input: { id: c.req.param('id') } })))
  .put('/:id/pins/:node', async (c) => {
    const { id, node } = c.req.param();
    return json(await setPin({ ctx: c.var.ctx, input: { id, node, body: await readJson(c) } }));
  })
  .delete('/:id/pins/:node', async (c) => {
    const { id, node } = c.req.param();
    await removePin({ ctx: c.var.ctx, input: { id, node } });
    return empty();
  })
  .get('/:id/conversations/:conversation', async (c) => json(await readDraftConversation({ ctx: c.var.ctx, input: c.req.param() })))
  .delete('/:id/conversations/:conversation', async (c) => {
    await deleteDraftConversation({ ctx: c.var.ctx, input: c.req.param() });
    return empty();
  })
  .get('/:id/versions', async (c) => json(await listVersions({ ctx: c.var.ctx, input: { id: c.req.param('id') } })))
  .get('/:id/versions/:version', async (c) => {
    const { id, version } = c.req.param();
    return json(await readVersion({ ctx: c.var.ctx, input: { id, version } }));
  })
  .post('/:id/versions', async (c) => {
    const { slug } = parseInput(publishInput, await readOptionalJson(c), c.var.ctx.locale);
    const version = await publishFlow({ ctx: c.var.ctx, input: { id: c.req.param('id'), slug } });
    return json(version, 201, { Location: version.endpoint });
  });
