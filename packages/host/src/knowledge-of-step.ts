import type { KnowledgeQuery, Passage, World } from '@patchbay/node-kit';

/** A question as a vector of the named model; undefined where nobody is to be asked. */
export type EmbedQuestion = (model: string, question: string) => Promise<number[][] | undefined>;

/** Where documents are kept and found. */
export interface KnowledgeStore {
  search(workspace: string, query: KnowledgeQuery, embed: EmbedQuestion): Promise<Passage[]>;
}

/**
 * The knowledge bases of one workspace. What a question costs to be turned into a vector is the step's; without models, in
 * a rehearsal, passages are found by their words alone.
 */
export const knowledgeOfStep =
  (store: KnowledgeStore, workspace: string, models?: World['models']): NonNullable<World['knowledge']> =>
  (step) => ({
    search: (query) =>
      store.search(workspace, query, async (model, question) => (await models?.(step).embed?.({ model, texts: [question] }))?.vectors),
  });
