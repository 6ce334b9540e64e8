import type { UsageTotal } from '@patchbay/node-kit';

export const noUsage = (): UsageTotal => ({ calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false });

/** Adds a call, or a total of calls, to a total. One call without a known price leaves the whole sum unknown. */
export function addUsage(total: UsageTotal, call: UsageTotal): void {
  total.calls += call.calls;
  total.inputTokens += call.inputTokens;
  total.outputTokens += call.outputTokens;
  total.costUsd = total.costUsd === null || call.costUsd === null ? null : total.costUsd + call.costUsd;
  total.estimated ||= call.estimated;
  addTold(total, call, 'cachedInputTokens');
  addTold(total, call, 'cacheWriteTokens');
  addTold(total, call, 'reasoningTokens');
  addTold(total, call, 'audioSeconds');
  if (call.cacheHits === undefined) return;
  total.cacheHits = (total.cacheHits ?? 0) + call.cacheHits;
  total.savedUsd = (total.savedUsd ?? 0) + (call.savedUsd ?? 0);
}

type Told = 'cachedInputTokens' | 'cacheWriteTokens' | 'reasoningTokens' | 'audioSeconds';

/** What only some calls say stays absent where none did. */
function addTold(total: UsageTotal, call: UsageTotal, name: Told): void {
  const more = call[name];
  if (more !== undefined) total[name] = (total[name] ?? 0) + more;
}
