import { hash } from 'node:crypto';
import type { Ctx } from '../context.ts';
import { ServiceError } from '../service-error.ts';
import type { PreparedRun } from './prepare-run.ts';

/** How long a caller's Idempotency-Key is known. */
export const keysKeptMs = 24 * 60 * 60 * 1_000;
const longestKey = 255;

/** The key a start came with, and what it is good for: this flow, asked with this body, for a day. Keys may have 1 to 255 characters. */
export function startKeyOf(ctx: Ctx, prepared: PreparedRun, key: string, body: unknown) {
  if (key.length === 0 || key.length > longestKey) {
    throw new ServiceError('invalid_input', 'start_key_invalid', { params: { limit: longestKey } });
  }
  const now = ctx.deps.now();
  return {
    route: `${prepared.source}:${prepared.target.flowId}`,
    key,
    bodyHash: hash('sha256', JSON.stringify(body), 'base64url'),
    createdAt: now,
    since: now - keysKeptMs,
  };
}
