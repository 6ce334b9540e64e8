import type { RunRow } from '@patchbay/db';
import { noUsage } from '@patchbay/engine';
import type { Ctx } from '../context.ts';
import type { Outcome } from '../dispatcher/execute-run.ts';
import { ServiceError } from '../service-error.ts';
import { isLongText, nextTurn } from '../turns.ts';
import type { PreparedRun } from './prepare-run.ts';
import { runDetailText } from './record-run.ts';
import { startKeyOf } from './start-key.ts';

export interface DurableStart {
  prepared: PreparedRun;
  /** The request's body, which a key stands for. */
  body: unknown;
  /** The caller's Idempotency-Key. */
  key: string | undefined;
  /** The caller waits for the end; else it is told that the run is accepted. */
  waits: boolean;
  /** It reads the events as they come. */
  streams: boolean;
}

export type StartedDurableRun =
  /** Accepted; `outcome` where the caller waits. */
  | { kind: 'started'; id: string; outcome: Promise<Outcome> | undefined }
  /** The key has started this run before, with the same body. */
  | { kind: 'replayed'; id: string };

const nothingUsed = JSON.stringify(noUsage());

/** Stores a start and has it executed: nothing of it is lost when the process dies. With a key, a second start is the first one's. */
export async function startDurableRun(ctx: Ctx, { prepared, body, key, waits, streams }: DurableStart): Promise<StartedDurableRun> {
  const { database, dispatcher, now } = ctx.deps;
  const { target, inputs, id } = prepared;
  const startKey = key === undefined ? undefined : startKeyOf(ctx, prepared, key, body);
  const { workspaceId } = target;
  const run: RunRow = {
    workspaceId,
    id,
    flowId: target.flowId,
    flowName: target.flowName,
    version: target.version,
    source: prepared.source,
    status: waits ? 'running' : 'queued',
    startedAt: now(),
    durationMs: 0,
    simulated: false,
    usage: nothingUsed,
    detail: runDetailText({ inputs, result: { outputs: {} }, making: prepared.making, masked: prepared.masked }),
  };
  if (isLongText(run.detail)) await nextTurn();
  const { document } = prepared;
  const keyId = ctx.actor.kind === 'key' ? ctx.actor.id : null;
  const start = { run, document, locale: ctx.locale, keyId, manages: prepared.manages };
  const known = await database.journal.accept(workspaceId, { ...start, toDisk: !waits, attempt: waits ? 1 : 0, startKey });
  if (known !== undefined) {
    if (known.bodyHash !== startKey?.bodyHash) throw new ServiceError('key_reused', 'key_reused');
    return { kind: 'replayed', id: known.runId };
  }
  const place = { workspaceId, runId: id };
  if (waits) {
    const accepted = { run: { ...start, workspaceId, attempt: 1, wakeAt: null, endEvent: null }, prepared, streams };
    return { kind: 'started', id, outcome: dispatcher.startNow(place, accepted) };
  }
  dispatcher.start({ ...place, starter: ctx.actor });
  return { kind: 'started', id, outcome: undefined };
}
