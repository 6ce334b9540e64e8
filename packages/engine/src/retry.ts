import type { PlanRule } from './plan.ts';

/** A pause longer than this is not waited for: the failure stands. */
export const longestPauseMs = 60_000;

/**
 * How long to wait before the next try: exponential with full jitter, on top of what the provider asked for.
 * Null where the provider asks for more than anyone would wait.
 */
export function pauseBefore(rule: PlanRule, attempt: number, retryAfterMs: number, random: number): number | null {
  if (retryAfterMs > longestPauseMs) return null;
  const ceiling = Math.min(rule.backoffMs * 2 ** (attempt - 1), longestPauseMs);
  return Math.round(retryAfterMs + random * (retryAfterMs > 0 ? Math.min(ceiling, 1_000) : ceiling));
}
