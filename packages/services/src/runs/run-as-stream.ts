import { runFlow } from '@patchbay/engine';
import type { RunEvent } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import { watchRun } from '../limits/watch-run.ts';
import { describeError } from '../problem-document.ts';
import type { RunEndResource } from '../resources.ts';
import { flowKey } from './load-flow.ts';
import type { PreparedRun } from './prepare-run.ts';
import { type KeptStep, keepStep, recordRun } from './record-run.ts';
import { failureResource } from './run-resource.ts';

/** An event as it is sent: the run's own, with sentences where there is a failure. */
export type SentEvent = Exclude<RunEvent, { type: 'run-end' }> | ({ type: 'run-end' } & RunEndResource);

/**
 * Runs while the caller reads; `run-end` is the last event, sent when the record is committed. A slow reader slows the
 * sources down. A reader that leaves ends the run as cancelled, and its record is still written.
 */
export async function* runAsStream(ctx: Ctx, prepared: PreparedRun, signal?: AbortSignal): AsyncGenerator<SentEvent, void> {
  const { deps } = ctx;
  const steps: KeptStep[] = [];
  const startedAt = deps.now();
  const abort = new AbortController();
  const watch = watchRun(deps.limits, abort);
  const leave = (): void => abort.abort('caller_left');
  if (signal?.aborted === true) leave();
  signal?.addEventListener('abort', leave, { once: true });
  const world = deps.host.world({ locale: ctx.locale, workspace: prepared.target.workspaceId, purses: prepared.purses });
  const options = { world, runId: prepared.id, signal: abort.signal, loadFlow: prepared.loadFlow, flowKey: flowKey(prepared.target) };
  const events = runFlow(prepared.target.plan, prepared.inputs, options);
  let ended = false;

  /** The next event; what is to be kept of it is kept here, whether somebody still reads or not. */
  async function next(): Promise<RunEvent | undefined> {
    const { value, done } = await events.next();
    if (done === true) return undefined;
    watch.see(value);
    if (value.type === 'step-end') steps.push(keepStep(value));
    if (value.type !== 'run-end') return value;
    ended = true;
    const { type: _type, ...result } = value;
    await recordRun(deps, { prepared, startedAt, result, steps });
    return value;
  }

  deps.liveRuns.set(prepared.id, { workspaceId: prepared.target.workspaceId, cancel: (cause) => abort.abort(cause) });
  try {
    for (let event = await next(); event !== undefined; event = await next()) {
      const sent = sentEvent(ctx, prepared, event);
      if (sent !== undefined) yield sent;
    }
  } catch (error) {
    ended = true;
    deps.onTrouble('run_stream', error);
    yield lostRun(ctx, error, deps.now() - startedAt);
  } finally {
    if (!ended) {
      leave();
      await drain(next).catch((error: unknown) => deps.onTrouble('run_stream', error));
    }
    deps.liveRuns.delete(prepared.id);
    watch.end();
  }
}

async function drain(next: () => Promise<RunEvent | undefined>): Promise<void> {
  while ((await next()) !== undefined);
}

/** The end of a run whose record could not be written: without a record there is no result to rely on. */
function lostRun({ locale }: Ctx, error: unknown, durationMs: number): SentEvent {
  const { detail } = describeError(error, { locale, instance: '' }).document;
  const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: null, estimated: true };
  const failure = { class: 'internal' as const, reason: 'unexpected', params: {}, message: detail };
  return { type: 'run-end', status: 'failed', outputs: {}, error: failure, usage, simulated: false, durationMs };
}

/**
 * What the reader gets. A caller of a published flow sees that steps run and what the flow answers, never the values
 * between: what a mask hides or an author keeps inside would leave by them.
 */
function sentEvent({ locale }: Ctx, { source }: PreparedRun, event: RunEvent): SentEvent | undefined {
  if (event.type === 'run-end') {
    const { error, ...rest } = event;
    return error === undefined ? rest : { ...rest, error: failureResource(error, locale) };
  }
  if (source === 'test') return event;
  if (event.type === 'step-chunk') return undefined;
  if (event.type !== 'step-end' || event.outputs === undefined) return event;
  const { outputs: _outputs, ...rest } = event;
  return rest;
}
