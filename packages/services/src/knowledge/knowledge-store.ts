import type { Database } from '@patchbay/db';
import type { KnowledgeStore } from '@patchbay/host';
import { StepError } from '@patchbay/node-kit';
import { checkVectors } from './embed-texts.ts';
import { findPassages, type Hit } from './search/find-passages.ts';

/** Knowledge bases as steps see them. `database` is asked when it is needed, since the host is made before it is open. */
export const createKnowledgeStore = (database: () => Database): KnowledgeStore => ({
  async search(workspaceId, { base, question, count, minScore }, embed) {
    const bases =
      base === '' ? await database().knowledge.listBases(workspaceId) : [await database().knowledge.readBase(workspaceId, base)];
    const known = bases.flatMap((one) => one ?? []);
    if (base !== '' && known.length === 0) throw new StepError('invalid_input', 'knowledge_missing', { base: base.slice(0, 100) });
    const hits = await findPassages(database(), known, { question, count, minScore }, async (model, text) => {
      const vectors = await embed(model, text);
      return vectors === undefined ? undefined : checkVectors(vectors, 1, model)[0];
    });
    return hits.map(passageOfHit);
  },
});

const passageOfHit = ({ passage, score }: Hit) => ({
  text: passage.text,
  document: passage.document,
  headings: passage.headings,
  page: passage.page,
  score,
});
