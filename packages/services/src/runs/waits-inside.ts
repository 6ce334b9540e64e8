import type { FlowCall } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import type { RunSource } from '../resources.ts';
import { findTarget, flowKey } from './load-flow.ts';
import type { Target } from './target.ts';

type RunCtx = Pick<Ctx, 'workspaceId' | 'locale' | 'deps'>;

/** What was found out of targets whose flows are all named by number: these never change. */
const found = new WeakMap<Target, boolean>();

/**
 * Whether a step of a flow that runs inside this one may wait: then the whole run is durable, as if the step stood here.
 * A flow that cannot be found is for the run to complain of.
 */
export async function waitsInside(ctx: RunCtx, source: RunSource, target: Target): Promise<boolean> {
  const known = found.get(target);
  if (known !== undefined) return known;
  const seen = new Set([flowKey(target)]);
  let fixed = true;

  async function look(calls: Target['calls']): Promise<boolean> {
    for (const call of calls) {
      fixed &&= typeof call.version === 'number';
      const inner = await findTarget(ctx, source, call as FlowCall).catch(() => undefined);
      if (inner === undefined || seen.has(flowKey(inner))) continue;
      seen.add(flowKey(inner));
      if (inner.waits || (await look(inner.calls))) return true;
    }
    return false;
  }
  const waits = await look(target.calls);
  if (fixed) found.set(target, waits);
  return waits;
}
