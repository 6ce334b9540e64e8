import type { WaitRow } from '@patchbay/db';
import { isRecord, type Json } from '@patchbay/flow';
import { checkInputs, describeInputError, type FlowField, type WaitAnswer, type WaitField } from '@patchbay/node-kit';
import { type Ctx, requireScope } from '../context.ts';
import { requestOf } from '../dispatcher/waits.ts';
import { notFound, ServiceError } from '../service-error.ts';
import { findCallersRun } from './find-run.ts';
import { isUnfinished } from './run-status.ts';

export interface GivenAnswer {
  /** The run. */
  id: string;
  wait: string;
  /** `{ "values": {…} }`, one per field that was asked for. */
  body: unknown;
}

/** Gives a waiting run the answer of a person. The same answer twice is as good as once; another one is a conflict. */
export async function answerWait({ ctx, input }: { ctx: Ctx; input: GivenAnswer }): Promise<void> {
  requireScope(ctx, 'run');
  const { database, dispatcher, now } = ctx.deps;
  const { workspaceId, id: runId } = await findCallersRun(ctx, input.id);
  const wait = (await database.waits.list(workspaceId, runId)).find(({ id }) => id === input.wait);
  const request = wait && requestOf(wait);
  if (wait === undefined || request?.kind !== 'person') throw notFound('wait');
  const answer = JSON.stringify({ kind: 'answered', values: readValues(ctx, request.fields, input.body) } satisfies WaitAnswer);
  if (wait.answer === null && (request.until === null || request.until > now())) {
    if (await database.waits.answer(wait, answer, now())) return dispatcher.signal({ workspaceId, runId });
  }
  await demandSame(ctx, wait, answer);
}

async function demandSame({ deps }: Ctx, { workspaceId, runId, id }: WaitRow, answer: string): Promise<void> {
  const wait = (await deps.database.waits.list(workspaceId, runId)).find((one) => one.id === id);
  if (wait?.answer === answer) return;
  const run = await deps.database.runs.read(workspaceId, runId);
  if (wait?.answer === null && run !== undefined && !isUnfinished(run.status)) throw new ServiceError('conflict', 'run_ended');
  const answered = wait?.answer != null && (JSON.parse(wait.answer) as WaitAnswer).kind === 'answered';
  throw new ServiceError('conflict', answered ? 'wait_answered' : 'wait_late');
}

function readValues({ locale }: Ctx, fields: readonly WaitField[], body: unknown): Record<string, Json> {
  if (!isRecord(body)) throw new ServiceError('invalid_input', 'body_missing');
  const checked = checkInputs(fields.map(asFlowField), body['values'] ?? {});
  if (checked.ok) return checked.values;
  const errors = checked.errors.map((error) => ({ pointer: `/values${error.pointer}`, message: describeInputError(error, locale) }));
  throw new ServiceError('invalid_input', 'body_invalid', { errors });
}

const asFlowField = ({ options = [], ...field }: WaitField): FlowField => ({
  ...field,
  help: '',
  default: null,
  example: null,
  options: [...options],
  node: '',
});
