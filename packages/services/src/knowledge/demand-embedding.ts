import { toFailure } from '@patchbay/engine';
import { fillWords } from '@patchbay/flow';
import { describeFailure } from '@patchbay/node-kit';
import type { Ctx } from '../context.ts';
import { reasonWords, ServiceError } from '../service-error.ts';
import { embedTexts } from './embed-texts.ts';

const longestWaitMs = 30_000;

/** Asks the model for one vector, and refuses in plain words a model that gives none. */
export async function demandEmbedding({ deps, workspaceId, locale }: Ctx, model: string | null): Promise<void> {
  if (model === null) return;
  try {
    await embedTexts(deps, { workspaceId, model, texts: ['Patchbay'], signal: AbortSignal.timeout(longestWaitMs) });
  } catch (error) {
    const { message } = describeFailure(toFailure(error, ''), locale);
    const errors = [{ pointer: '/embedding', message: fillWords(reasonWords.embedding_refused, { message }, locale) }];
    throw new ServiceError('invalid_input', 'embedding_refused', { params: { message }, errors });
  }
}
