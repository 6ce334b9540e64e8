import { setTimeout as sleep } from 'node:timers/promises';
import { addUsage } from '@patchbay/engine';
import { ModelError, retryableClasses } from '@patchbay/models';
import type { ModelCall } from '@patchbay/node-kit';
import type { Deps } from '../../deps.ts';
import { embedTexts } from '../embed-texts.ts';
import type { Place } from '../indexer.ts';
import { usageOfDocument } from '../knowledge-resource.ts';
import { textForVector } from '../passages-of.ts';

/** Passages a provider is asked for at once. */
const atOnce = 32;
const mostTries = 4;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/** Gives each passage of a document its vector, where the base has a model. What has one already is not asked for again. */
export async function embedPassages(deps: Deps, { workspaceId, id }: Place, signal: AbortSignal): Promise<void> {
  const { knowledge, passages } = deps.database;
  for (;;) {
    const document = await knowledge.readDocument(workspaceId, id);
    if (document?.status !== 'embedding' || signal.aborted) return;
    // Asked each time: somebody may choose another model meanwhile.
    const model = await modelOf(deps, workspaceId, document.baseId);
    if (model === undefined) return;
    // Left as it is, it would be taken up again and again.
    if (model === null) return knowledge.finishEmbedding(workspaceId, id, null);
    const rows = await passages.withoutVector(workspaceId, id, atOnce);
    if (rows.length === 0) return knowledge.finishEmbedding(workspaceId, id, model);
    const usage = usageOfDocument(document);
    const report = (call: ModelCall): void => addUsage(usage, call);
    const texts = rows.map(textForVector);
    const asking = withPatience(signal, () => embedTexts(deps, { workspaceId, model, texts, signal, report }));
    const told = asking.finally(() => knowledge.changeDocument(workspaceId, id, { usage: JSON.stringify(usage) }));
    const vectors = await told.catch(async (error: unknown) => {
      if ((await modelOf(deps, workspaceId, document.baseId)) === model) throw error;
      return undefined;
    });
    // What the model of before could not do is no failure of the document.
    if (vectors === undefined) continue;
    const kept = rows.map((row, index) => ({ id: row.id, vector: vectors[index] ?? [] }));
    await passages.keepVectors(workspaceId, document.baseId, model, kept);
  }
}

const modelOf = async ({ database }: Deps, workspaceId: string, baseId: string): Promise<string | null | undefined> =>
  (await database.knowledge.readBase(workspaceId, baseId))?.embedding;

/** Nobody waits for a document, so a provider that is busy or away for a moment is asked again. */
async function withPatience<Result>(signal: AbortSignal, ask: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === mostTries || !(error instanceof ModelError) || !retryableClasses.includes(error.errorClass)) throw error;
      const pause = error.retryAfterMs ?? firstPauseMs * 2 ** (tries - 1);
      await sleep(Math.min(pause, longestPauseMs), undefined, { signal });
    }
  }
}
