import { type Ctx, describeFailedRun, runAsStream, runResource, runToEnd, simulatedHeader } from '@patchbay/services';
import type { Context } from 'hono';
import type { Env } from '../environment.ts';
import { json, problem } from '../http/answer.ts';
import { eventStream, wantsStream } from '../http/event-stream.ts';
import { nextRequestId } from '../http/request-id.ts';
import { whenLeft } from '../http/when-left.ts';
import { answerDurable, type DurableRequest, prefersAsync } from './durable-answer.ts';

/**
 * Runs and answers as the caller asked: the whole result, or its events. A caller that leaves ends the run, unless it
 * gave a key to ask again with, asked not to wait, or the flow itself may wait for longer than callers do.
 */
export async function answerRun(c: Context<Env>, ctx: Ctx, request: DurableRequest): Promise<Response> {
  const { prepared } = request;
  const durable = prepared.target.waits || c.req.header('idempotency-key') !== undefined || prefersAsync(c.req.header('prefer'));
  if (durable) return answerDurable(c, ctx, request);
  const left = whenLeft(c);
  const entered = ctx.deps.admission.enter(ctx, left);
  const end = entered instanceof Promise ? await entered : entered;
  if (wantsStream(c.req.header('accept'))) {
    const leave = new AbortController();
    // A stream that nobody reads never begins, so its place is given back when its caller leaves too.
    leave.signal.addEventListener('abort', end);
    return eventStream(ending(runAsStream(ctx, prepared, leave.signal), end), leave, ctx.deps);
  }
  const result = await runToEnd(ctx, prepared, left).finally(end);
  if (result.status === 'succeeded') return json(runResource(prepared.id, result, ctx.locale), 200, simulatedHeader(result));
  const instance = c.get('requestId') ?? nextRequestId();
  return problem(describeFailedRun(prepared.id, result, { locale: ctx.locale, instance }));
}

async function* ending<Event>(events: AsyncGenerator<Event, void>, end: () => void): AsyncGenerator<Event, void> {
  try {
    yield* events;
  } finally {
    end();
  }
}
