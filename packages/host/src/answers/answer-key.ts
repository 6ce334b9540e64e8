import { createHash } from 'node:crypto';
import type { ChatRequest } from '@patchbay/models';
import type { Choice } from '../registry.ts';

/**
 * What an answer is kept under: a hash of everything that could have made it another one. All fields of the request
 * count, so that a field that is added later is never forgotten; the workspace counts, so that nobody reads what others asked.
 */
export function answerKey(workspaceId: string, { route, model }: Choice, request: ChatRequest): string {
  const asked = { ...request, model, workspaceId, provider: route.provider.id, address: route.address ?? null };
  return createHash('sha256').update(canonical(asked)).digest('base64url');
}

/** JSON that does not depend on the order in which keys were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
