import { type FlowCall, StepError } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import type { RunSource } from '../resources.ts';
import { findTarget, flowKey } from './load-flow.ts';
import type { Hiding } from './mask-record.ts';
import type { Target } from './target.ts';

type RunCtx = Pick<Ctx, 'workspaceId' | 'locale' | 'deps'>;

/** What was found inside targets whose flows are all named by number: these never change. */
const found = new WeakMap<Target, readonly Target[]>();

/** Every flow that may run inside this one, once. One that cannot be found is for the run to complain of. */
async function flowsInside(ctx: RunCtx, source: RunSource, target: Target): Promise<readonly Target[]> {
  const known = found.get(target);
  if (known !== undefined) return known;
  const inside = new Map<string, Target>();
  let fixed = true;

  async function look(calls: Target['calls']): Promise<void> {
    for (const call of calls) {
      const inner = await findTarget(ctx, source, call as FlowCall).catch(nothingThere);
      // One that is not there may come.
      fixed &&= typeof call.version === 'number' && inner !== undefined;
      if (inner === undefined || inside.has(flowKey(inner))) continue;
      inside.set(flowKey(inner), inner);
      await look(inner.calls);
    }
  }
  await look(target.calls);
  const all = [...inside.values()];
  if (fixed) found.set(target, all);
  return all;
}

/** A store that does not answer says nothing of what is there. */
function nothingThere(error: unknown): undefined {
  if (!(error instanceof StepError)) throw error;
  return undefined;
}

/** Whether a step of a flow that runs inside this one may wait: then the whole run is durable, as if the step stood here. */
export const waitsInside = async (ctx: RunCtx, source: RunSource, target: Target): Promise<boolean> =>
  target.calls.length > 0 && (await flowsInside(ctx, source, target)).some(({ waits }) => waits);

/** What flows inside this one hide, for a run that goes on and does not run again what has ended. */
export async function hidingInside(ctx: RunCtx, source: RunSource, target: Target): Promise<Hiding[]> {
  if (target.calls.length === 0) return [];
  return (await flowsInside(ctx, source, target)).flatMap(({ hiding }) => (hiding === undefined ? [] : [hiding]));
}
