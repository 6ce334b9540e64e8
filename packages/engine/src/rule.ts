import type { OnError } from '@patchbay/flow';
import type { PlanRule } from './plan.ts';

const defaultTries = 3;
const defaultBackoffMs = 1_000;

/** A node's failure rule with its defaults. Tries come before every other way, so any rule may have them. */
export function ruleOf(onError: OnError | undefined): PlanRule {
  const rule = onError?.rule ?? 'stop';
  return {
    tries: onError?.tries ?? (rule === 'retry' ? defaultTries : 1),
    backoffMs: onError?.backoffMs ?? defaultBackoffMs,
    timeoutMs: onError?.timeoutMs ?? 0,
    otherwise: rule === 'retry' ? 'stop' : rule,
    values: onError?.values ?? {},
    model: onError?.model ?? '',
  };
}
