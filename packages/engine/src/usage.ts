import type { UsageTotal } from '@patchbay/node-kit';

export const noUsage = (): UsageTotal => ({ calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false });

/** Adds a call, or a total of calls, to a total. One call without a known price leaves the whole sum unknown. */
export function addUsage(total: UsageTotal, call: UsageTotal): void {
  total.calls += call.calls;
  total.inputTokens += call.inputTokens;
  total.outputTokens += call.outputTokens;
  total.costUsd = total.costUsd === null || call.costUsd === null ? null : total.costUsd + call.costUsd;
  total.estimated ||= call.estimated;
  if (call.cacheHits === undefined) return;
  total.cacheHits = (total.cacheHits ?? 0) + call.cacheHits;
  total.savedUsd = (total.savedUsd ?? 0) + (call.savedUsd ?? 0);
}
