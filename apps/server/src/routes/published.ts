import {
  answerWait,
  cancelRun,
  deleteConversation,
  followRun,
  preparePublishedRun,
  readConversation,
  readRunState,
  resumeRun,
} from '@patchbay/services';
import { type Context, Hono } from 'hono';
import type { Env, ServerParts } from '../environment.ts';
import { empty, json, refuse } from '../http/answer.ts';
import { keyCaller } from '../http/authenticate.ts';
import { readJson } from '../http/body.ts';
import { followStream } from '../http/event-stream.ts';
import { isForm } from '../http/files.ts';
import { checkHost } from '../http/origin.ts';
import { readRunForm } from '../http/run-form.ts';
import { answerFile, takeFile } from './files.ts';
import { answerRun } from './run-answer.ts';

type Handler = (c: Context<Env>, ctx: Env['Variables']['ctx']) => Promise<Response>;

/** `/v1`: the API of published flows. Handlers without middleware, since every call of a flow passes here. */
export function publishedRoutes(parts: ServerParts): Hono<Env> {
  const byKey = (handler: Handler) => async (c: Context<Env>) => {
    try {
      checkHost(c.req.header('host'));
      return await handler(c, await keyCaller(c, parts));
    } catch (error) {
      return refuse(c, parts, error);
    }
  };
  const idOf = (c: Context<Env>): { id: string } => ({ id: c.req.param('id') ?? '' });
  const talkOf = (c: Context<Env>): { slug: string; conversation: string } => ({
    slug: c.req.param('slug') ?? '',
    conversation: c.req.param('conversation') ?? '',
  });
  return new Hono<Env>()
    .post(
      '/v1/flows/:slug/runs',
      byKey(async (c, ctx) => {
        const body = isForm(c) ? await readRunForm(c, ctx) : await readJson(c);
        const prepared = await preparePublishedRun({ ctx, input: { slug: c.req.param('slug') ?? '', body } });
        return answerRun(c, ctx, { prepared, body, runs: '/v1/runs' });
      }),
    )
    .post('/v1/files', byKey(takeFile))
    .get('/v1/files/:id', byKey(answerFile))
    .get(
      '/v1/flows/:slug/conversations/:conversation',
      byKey(async (c, ctx) => json(await readConversation({ ctx, input: talkOf(c) }))),
    )
    .delete(
      '/v1/flows/:slug/conversations/:conversation',
      byKey(async (c, ctx) => {
        await deleteConversation({ ctx, input: talkOf(c) });
        return empty();
      }),
    )
    .get(
      '/v1/runs/:id',
      byKey(async (c, ctx) => json(await readRunState({ ctx, input: idOf(c) }))),
    )
    .get('/v1/runs/:id/events', byKey(answerEvents))
    .post(
      '/v1/runs/:id/cancel',
      byKey(async (c, ctx) => {
        await cancelRun({ ctx, input: idOf(c) });
        return empty();
      }),
    )
    .post(
      '/v1/runs/:id/answers/:wait',
      byKey(async (c, ctx) => {
        await answerWait({ ctx, input: { ...idOf(c), wait: c.req.param('wait') ?? '', body: await readJson(c) } });
        return empty();
      }),
    )
    .post(
      '/v1/runs/:id/resume',
      byKey(async (c, ctx) => {
        await resumeRun({ ctx, input: idOf(c) });
        return empty();
      }),
    );
}

/** The events of a run, from the one after `Last-Event-ID`. */
export async function answerEvents(c: Context<Env>, ctx: Env['Variables']['ctx']): Promise<Response> {
  const leave = new AbortController();
  const input = { id: c.req.param('id') ?? '', lastEventId: c.req.header('last-event-id') };
  return followStream(await followRun({ ctx, input }, leave.signal), leave, ctx.deps);
}
