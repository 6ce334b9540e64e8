import { newId } from '@patchbay/db';
import * as z from 'zod';
import { type Ctx, manages, requireScope } from '../context.ts';
import { findFlow, storedFlow } from '../flows/flow-resource.ts';
import { parseInput } from '../parse-input.ts';
import { waitsInside } from '../runs/flows-inside.ts';
import { flowLoader } from '../runs/load-flow.ts';
import type { PreparedRun } from '../runs/prepare-run.ts';
import { readStoredInputs } from '../runs/read-inputs.ts';
import { isUnfinished } from '../runs/run-status.ts';
import { makeTarget, type Target } from '../runs/target.ts';
import { notFound, ServiceError } from '../service-error.ts';
import { type FormerRun, findFormerRun } from './former-run.ts';
import { knownSteps } from './known-steps.ts';
import type { RunMaking } from './run-making.ts';

const replayInput = z.strictObject({ version: z.enum(['recorded', 'draft']).default('recorded') });

/**
 * A stored run again. `recorded`: the flow of then, every step from its record, nothing is called. `draft`: the draft as it
 * is now; steps that do the same with the same values are answered from the record, the others are executed.
 */
export async function prepareReplay({ ctx, input }: { ctx: Ctx; input: { id: string; body: unknown } }): Promise<PreparedRun> {
  requireScope(ctx, 'manage');
  const { deps, workspaceId, locale } = ctx;
  if (deps.dispatcher.stopping) throw new ServiceError('unavailable', 'stopping');
  const { version } = parseInput(replayInput, input.body, locale);
  const former = await findFormerRun(deps, workspaceId, input.id);
  if (former === undefined) throw notFound('run');
  if (isUnfinished(former.row.status)) throw new ServiceError('conflict', 'run_not_ended');
  if (former.flow === undefined) throw new ServiceError('conflict', 'run_not_kept');
  if (version === 'draft' && former.masked) throw new ServiceError('conflict', 'run_masked');
  const of = version === 'recorded' ? recordedRun(ctx, former) : await draftRun(ctx, former);
  const making: RunMaking = { ...of.making, replay: { run: former.row.id, version } };
  const known = await knownSteps({ deps, workspaceId, flowId: former.row.flowId, flow: undefined, source: 'replay', locale, making });
  const hidden: PreparedRun['hidden'] = [];
  return {
    ...of,
    id: newId('run'),
    source: 'replay',
    loadFlow: flowLoader(ctx, 'replay', hidden),
    hidden,
    purses: await deps.budgets.pursesFor(ctx),
    manages: manages(ctx.actor),
    making,
    known,
    masked: former.masked ? true : undefined,
  };
}

type Replayed = Pick<PreparedRun, 'target' | 'inputs' | 'document' | 'making'>;

function recordedRun(ctx: Ctx, { row, record, flow, document }: FormerRun): Replayed {
  const target = targetOf(ctx, { flowId: row.flowId, version: row.version }, flow);
  // Nothing is executed, so nothing waits: what was waited for stands in the record.
  return {
    target: { ...target, flowName: row.flowName, waits: false },
    inputs: record.inputs,
    document,
    making: { draft: record.making?.draft },
  };
}

async function draftRun(ctx: Ctx, { row, record }: FormerRun): Promise<Replayed> {
  const draft = await findFlow(ctx, row.flowId);
  const target = targetOf(ctx, { flowId: draft.id, version: null }, storedFlow(ctx.deps, draft.document));
  const given = Object.fromEntries(
    Object.entries(record.inputs).filter(([id, value]) => value !== null && target.inputs.some((field) => field.id === id)),
  );
  const inputs = await readStoredInputs(ctx.deps, target, given, ctx.locale);
  const waits = target.waits || (await waitsInside(ctx, 'replay', target));
  await ctx.deps.database.ranDrafts.keep(ctx.workspaceId, draft.id, draft, ctx.deps.now());
  return { target: { ...target, waits }, inputs, document: draft.document, making: { draft: draft.etag } };
}

function targetOf({ deps, workspaceId, locale }: Ctx, of: Pick<Target, 'flowId' | 'version'>, flow: FormerRun['flow']): Target {
  if (flow === undefined) throw new ServiceError('conflict', 'run_not_kept');
  const made = makeTarget(deps, { workspaceId, ...of, flow }, locale);
  if ('errors' in made) throw new ServiceError('invalid_input', 'flow_has_problems', { errors: made.errors });
  return made.target;
}
