import { ModelError } from '@patchbay/models';
import type { ModelCall } from '@patchbay/node-kit';
import type { Deps } from '../deps.ts';

export interface Embedding {
  workspaceId: string;
  /** `connection/model`. */
  model: string;
  texts: readonly string[];
  signal: AbortSignal;
  /** Told each call, as a step of a run is; calls that failed too. */
  report?: ((call: ModelCall) => void) | undefined;
}

/**
 * Texts as vectors, for those who manage the workspace, as only they make and try bases; within its budgets. Rejects as
 * models do, and where a vector is missing or empty.
 */
export async function embedTexts(deps: Deps, { workspaceId, model, texts, signal, report = untold }: Embedding): Promise<number[][]> {
  const purses = await deps.budgets.pursesFor({ workspaceId, actor: { kind: 'owner' } });
  const world = deps.host.world({ locale: 'en', workspace: workspaceId, manages: true, purses });
  const step = { run: 'knowledge', node: 'embedding', scope: '', attempt: 1, signal, report };
  const answer = await world.models(step).embed?.({ model, texts });
  return checkVectors(answer?.vectors ?? [], texts.length, model);
}

const untold = (): void => undefined;

export function checkVectors(vectors: number[][], count: number, model: string): number[][] {
  const whole = vectors.length === count && vectors.every((vector) => vector.length > 0 && vector.every(Number.isFinite));
  if (!whole) throw new ModelError('bad_output', 'malformed_answer', { provider: model.split('/', 1)[0] ?? '', model });
  return vectors;
}
