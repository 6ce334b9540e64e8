import { runFlow } from '@patchbay/engine';
import type { RunEvent } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import { engineLimits } from '../limits/limit-settings.ts';
import { describeError } from '../problem-document.ts';
import { liveRun } from './live-runs.ts';
import { flowKey } from './load-flow.ts';
import type { PreparedRun } from './prepare-run.ts';
import { type KeptStep, keepStep, recordRun } from './record-run.ts';
import { type SentEvent, sentEvent } from './sent-event.ts';

/**
 * Runs while the caller reads; `run-end` is the last event, sent when the record is committed. A slow reader slows the
 * sources down. A reader that leaves ends the run as cancelled, and its record is still written.
 */
export async function* runAsStream(ctx: Ctx, prepared: PreparedRun, signal?: AbortSignal): AsyncGenerator<SentEvent, void> {
  const { deps } = ctx;
  const steps: KeptStep[] = [];
  const startedAt = deps.now();
  const abort = new AbortController();
  const leave = (): void => abort.abort('caller_left');
  if (signal?.aborted === true) leave();
  signal?.addEventListener('abort', leave, { once: true });
  const world = deps.host.world({
    locale: ctx.locale,
    workspace: prepared.target.workspaceId,
    flow: prepared.target.talks,
    purses: prepared.purses,
    manages: prepared.manages,
  });
  const events = runFlow(prepared.target.plan, prepared.inputs, {
    world,
    runId: prepared.id,
    signal: abort.signal,
    loadFlow: prepared.loadFlow,
    flowKey: flowKey(prepared.target),
    ...prepared.known,
    ...engineLimits(deps.limits),
  });
  let ended = false;

  /** The next event; what is to be kept of it is kept here, whether somebody still reads or not. */
  async function next(): Promise<RunEvent | undefined> {
    const { value, done } = await events.next();
    if (done === true) return undefined;
    if (value.type === 'step-end') steps.push(keepStep(value));
    if (value.type !== 'run-end') return value;
    ended = true;
    const { type: _type, ...result } = value;
    await recordRun(deps, { prepared, startedAt, result, steps });
    return value;
  }

  deps.liveRuns.set(
    prepared.id,
    liveRun(prepared, (cause) => abort.abort(cause)),
  );
  try {
    for (let event = await next(); event !== undefined; event = await next()) {
      const sent = sentEvent(event, prepared.source, ctx.locale);
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
