import { newId } from '@patchbay/db';
import type { LoadFlow } from '@patchbay/engine';
import { fillWords, isRecord, type Json, type Locale, toPointer } from '@patchbay/flow';
import type { Purse } from '@patchbay/host';
import { type Ctx, manages, requireScope } from '../context.ts';
import { findFlow, storedFlow } from '../flows/flow-resource.ts';
import type { RunSource } from '../resources.ts';
import { type KnownSteps, knownSteps } from '../reuse/known-steps.ts';
import { readPart } from '../reuse/read-part.ts';
import type { RunMaking } from '../reuse/run-making.ts';
import { reasonWords, ServiceError } from '../service-error.ts';
import { afterLargeFlow } from '../turns.ts';
import { findEndpoint } from './find-endpoint.ts';
import { waitsInside } from './flows-inside.ts';
import { flowLoader } from './load-flow.ts';
import type { Hiding } from './mask-record.ts';
import { readStoredInputs } from './read-inputs.ts';
import { makeTarget, type Target } from './target.ts';

/** A run that may start: who, what and with which values is settled. */
export interface PreparedRun {
  id: string;
  target: Target;
  inputs: Record<string, Json>;
  source: RunSource;
  /** Finds the flows its steps run. */
  loadFlow: LoadFlow;
  /** What flows that ran inside hide from the record, beside its own. */
  hidden: Hiding[];
  /** The budgets every model call of the run must fit into. */
  purses: readonly Purse[];
  /** Whoever starts it manages the workspace, and may use what is kept for these. */
  manages: boolean;
  /** The draft as it is stored, for a run of it. */
  document: string | null;
  /** How it is made, where it is a run of the draft or a replay. */
  making?: RunMaking | undefined;
  /** What need not be executed. */
  known?: KnownSteps | undefined;
  /** What it replays has labels in place of personal data. */
  masked?: true | undefined;
}

/** A test run of the stored draft, or of a part of it. Pinned steps answer their pins. A draft with errors is refused with all of them. */
export async function prepareDraftRun({ ctx, input }: { ctx: Ctx; input: { id: string; body: unknown } }): Promise<PreparedRun> {
  requireScope(ctx, 'manage');
  const row = await findFlow(ctx, input.id);
  const flow = storedFlow(ctx.deps, row.document);
  await afterLargeFlow(flow);
  const made = makeTarget(ctx.deps, { workspaceId: ctx.workspaceId, flowId: row.id, version: null, flow }, ctx.locale);
  if ('errors' in made) throw new ServiceError('invalid_input', 'flow_has_problems', { errors: made.errors });
  await afterLargeFlow(flow);
  const part = await readPart(ctx, row.id, flow, input.body);
  const making = { draft: row.etag, ...part.making };
  const { deps, workspaceId, locale } = ctx;
  const known = await knownSteps({ deps, workspaceId, flowId: row.id, flow, source: 'test', locale, making });
  const prepared = await prepare(ctx, made.target, part.body, { source: 'test', document: row.document, making, known });
  await deps.database.ranDrafts.keep(workspaceId, row.id, row, deps.now());
  return prepared;
}

/** A call of a published flow. The key must have scope `run` and, where it is made for some flows, name this one. */
export async function preparePublishedRun({ ctx, input }: { ctx: Ctx; input: { slug: string; body: unknown } }): Promise<PreparedRun> {
  requireScope(ctx, 'run');
  return prepare(ctx, await findEndpoint(ctx, input.slug), input.body, { source: 'api', document: null });
}

function prepare(
  ctx: Ctx,
  target: Target,
  body: unknown,
  from: Pick<PreparedRun, 'source' | 'document' | 'making' | 'known'>,
): PreparedRun | Promise<PreparedRun> {
  if (ctx.deps.dispatcher.stopping) throw new ServiceError('unavailable', 'stopping');
  const hidden: Hiding[] = [];
  const reading = readStoredInputs(ctx.deps, target, givenInputs(ctx, body), ctx.locale);
  const loadFlow = flowLoader(ctx, from.source, hidden);
  const purses = ctx.deps.budgets.pursesFor(ctx);
  const prepared = (inputs: Record<string, Json>, all: readonly Purse[]): PreparedRun => ({
    id: newId('run'),
    target,
    inputs,
    ...from,
    loadFlow,
    hidden,
    purses: all,
    manages: manages(ctx.actor),
  });
  if (target.calls.length > 0 && !target.waits) {
    return Promise.all([reading, purses, waitsInside(ctx, from.source, target)]).then(([inputs, all, waits]) => {
      const made = prepared(inputs, all);
      return waits ? { ...made, target: { ...target, waits } } : made;
    });
  }
  if (!(purses instanceof Promise) && !(reading instanceof Promise)) return prepared(reading, purses);
  return Promise.all([reading, purses]).then(([inputs, all]) => prepared(inputs, all));
}

/** `{ inputs }` and nothing else. Checked by hand: this is the hot path. */
function givenInputs({ locale }: Ctx, body: unknown): unknown {
  if (!isRecord(body)) throw new ServiceError('invalid_input', 'body_missing');
  for (const key of Object.keys(body)) if (key !== 'inputs') throw strangeKey(key, locale);
  return body['inputs'] ?? {};
}

function strangeKey(name: string, locale: Locale): ServiceError {
  const params = { key: name.slice(0, 100) };
  const errors = [{ pointer: toPointer([params.key]), message: fillWords(reasonWords.strange_key, params, locale) }];
  return new ServiceError('invalid_input', 'strange_key', { params, errors });
}
