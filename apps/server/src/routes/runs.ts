import { answerWait, cancelRun, listRuns, listRunsInput, parseInput, prepareReplay, readRun, resumeRun } from '@patchbay/services';
import { Hono } from 'hono';
import type { Env } from '../environment.ts';
import { empty, json } from '../http/answer.ts';
import { readJson, readOptionalJson } from '../http/body.ts';
import { answerEvents } from './published.ts';
import { answerRun } from './run-answer.ts';

/** `/api/runs`: what has run, and what runs. */
export const runRoutes = new Hono<Env>()
  .get('/', async (c) => json(await listRuns({ ctx: c.var.ctx, input: parseInput(listRunsInput, c.req.query(), c.var.ctx.locale) })))
  .get('/:id', async (c) => json(await readRun({ ctx: c.var.ctx, input: { id: c.req.param('id') } })))
  .get('/:id/events', (c) => answerEvents(c, c.var.ctx))
  .post('/:id/cancel', async (c) => {
    await cancelRun({ ctx: c.var.ctx, input: { id: c.req.param('id') } });
    return empty();
  })
  .post('/:id/answers/:wait', async (c) => {
    const { id, wait } = c.req.param();
    await answerWait({ ctx: c.var.ctx, input: { id, wait, body: await readJson(c) } });
    return empty();
  })
  .post('/:id/replay', async (c) => {
    const id = c.req.param('id');
    const body = await readOptionalJson(c);
    const prepared = await prepareReplay({ ctx: c.var.ctx, input: { id, body } });
    return answerRun(c, c.var.ctx, { prepared, body: { id, body }, runs: '/api/runs' });
  })
  .post('/:id/resume', async (c) => {
    await resumeRun({ ctx: c.var.ctx, input: { id: c.req.param('id') } });
    return empty();
  });
