import {
  type Ctx,
  describeFailedRun,
  followOwnRun,
  isUnfinished,
  type PreparedRun,
  resultOfRow,
  runResource,
  ServiceError,
  simulatedHeader,
  startDurableRun,
} from '@patchbay/services';
import type { Context } from 'hono';
import type { Env } from '../environment.ts';
import { json, problem } from '../http/answer.ts';
import { followStream, wantsStream } from '../http/event-stream.ts';
import { nextRequestId } from '../http/request-id.ts';

type Result = ReturnType<typeof resultOfRow>;

const replayedHeader = { 'Idempotency-Replayed': 'true' };

/** True where the caller wants to be told at once that the run is accepted (RFC 7240). */
export const prefersAsync = (prefer: string | undefined): boolean =>
  prefer?.split(',').some((one) => one.split(';')[0]?.trim().toLowerCase() === 'respond-async') === true;

export interface DurableRequest {
  prepared: PreparedRun;
  body: unknown;
  /** Where the run can be read: `/v1/runs` or `/api/runs`. */
  runs: string;
}

/** Starts a run that outlives this process and its caller, and answers as the caller asked. A key that is known gets what it got. */
export async function answerDurable(c: Context<Env>, ctx: Ctx, { prepared, body, runs }: DurableRequest): Promise<Response> {
  const detached = prefersAsync(c.req.header('prefer'));
  const streamed = !detached && wantsStream(c.req.header('accept'));
  const key = c.req.header('idempotency-key');
  // What is only accepted stands in the queue, and is held to the limits of its key when its turn has come.
  if (detached) ctx.deps.admission.accept(ctx.actor);
  const leave = detached ? undefined : await ctx.deps.admission.enter(ctx);
  const started = await startDurableRun(ctx, { prepared, body, key, waits: !detached, streams: streamed }).catch((error: unknown) => {
    leave?.();
    throw error;
  });
  // A run whose caller waits has its place until it ends.
  if (started.kind === 'started' && started.outcome !== undefined) void started.outcome.finally(leave);
  else leave?.();
  const replayed: Record<string, string> = started.kind === 'replayed' ? replayedHeader : {};
  if (detached) return accepted(`${runs}/${started.id}`, started.id, 'queued', { 'Preference-Applied': 'respond-async', ...replayed });
  if (started.kind === 'replayed') return replay(c, ctx, started.id, runs);
  if (streamed) return followed(ctx, started.id, prepared, replayed);
  const outcome = await started.outcome;
  if (outcome?.kind === 'ended') return ended(c, ctx, started.id, outcome.result);
  if (outcome?.kind === 'waiting') return accepted(`${runs}/${started.id}`, started.id, 'waiting', replayed);
  if (outcome?.kind === 'lost') throw outcome.error;
  throw new ServiceError('unavailable', 'stopping');
}

function accepted(place: string, id: string, status: string, headers: Record<string, string>): Response {
  const run = { id, status, url: place, events: `${place}/events` };
  return json({ run }, 202, { Location: place, ...headers });
}

function followed(ctx: Ctx, id: string, { source }: Pick<PreparedRun, 'source'>, headers: Record<string, string>): Response {
  const leave = new AbortController();
  return followStream(followOwnRun(ctx, id, source, leave.signal), leave, { ...ctx.deps, headers });
}

/** The answer a key has had before, or that its run has not ended. */
async function replay(c: Context<Env>, ctx: Ctx, id: string, runs: string): Promise<Response> {
  const row = await ctx.deps.database.runs.read(ctx.workspaceId, id);
  if (row === undefined) throw new ServiceError('not_found', 'no_run');
  if (row.status === 'waiting') return accepted(`${runs}/${id}`, id, row.status, replayedHeader);
  if (isUnfinished(row.status)) throw new ServiceError('conflict', 'run_in_progress', { headers: { 'Retry-After': '1' } });
  if (wantsStream(c.req.header('accept'))) return followed(ctx, id, { source: row.source as PreparedRun['source'] }, replayedHeader);
  return ended(c, ctx, id, resultOfRow(row, ctx.deps.now()), replayedHeader);
}

function ended(c: Context<Env>, ctx: Ctx, id: string, result: Result, headers: Record<string, string> = {}): Response {
  if (result.status === 'succeeded') return json(runResource(id, result, ctx.locale), 200, simulatedHeader(result, headers));
  const instance = c.get('requestId') ?? nextRequestId();
  const failed = describeFailedRun(id, result, { locale: ctx.locale, instance });
  return problem({ ...failed, headers: { ...failed.headers, ...headers } });
}
