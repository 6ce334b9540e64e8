import type { KnowledgeQuery, Models, Passage, StepHandle, World } from '@patchbay/node-kit';

/** A question as a vector of the named model; undefined where nobody is to be asked. */
export type EmbedQuestion = (model: string, question: string) => Promise<number[][] | undefined>;

/** Where documents are kept and found. */
export interface KnowledgeStore {
  search(workspace: string, query: KnowledgeQuery, embed: EmbedQuestion): Promise<Passage[]>;
}

/** The knowledge bases of one workspace. What a question costs to be turned into a vector is the step's. */
export const knowledgeOfStep =
  (store: KnowledgeStore, workspace: string, models: (step: StepHandle) => Models): NonNullable<World['knowledge']> =>
  (step) => ({
    search: (query) =>
      store.search(workspace, query, async (model, question) => (await models(step).embed?.({ model, texts: [question] }))?.vectors),
  });

/** In a rehearsal the vector of a question is reckoned, and passages are found by their words alone. */
export const rehearsingKnowledge =
  (store: KnowledgeStore, workspace: string, models: (step: StepHandle) => Models): NonNullable<World['knowledge']> =>
  (step) => ({
    search: (query) =>
      store.search(workspace, query, async (model, question) => {
        await models(step).embed?.({ model, texts: [question] });
        return undefined;
      }),
  });
