import {
  addDocument,
  addDocumentInput,
  createKnowledge,
  createKnowledgeInput,
  deleteDocument,
  deleteKnowledge,
  editKnowledge,
  editKnowledgeInput,
  listKnowledge,
  parseInput,
  readKnowledge,
  retryDocument,
  searchKnowledge,
  searchKnowledgeInput,
} from '@patchbay/services';
import { Hono } from 'hono';
import type { Env } from '../environment.ts';
import { empty, json } from '../http/answer.ts';
import { readJson } from '../http/body.ts';

/** `/api/knowledge`: knowledge bases, their documents, and questions to try them with. */
export const knowledgeRoutes = new Hono<Env>()
  .get('/', async (c) => json(await listKnowledge({ ctx: c.var.ctx })))
  .post('/', async (c) => {
    const { ctx } = c.var;
    const input = parseInput(createKnowledgeInput, await readJson(c), ctx.locale);
    return json(await createKnowledge({ ctx, input }), 201);
  })
  .get('/:id', async (c) => json(await readKnowledge({ ctx: c.var.ctx, input: { id: c.req.param('id') } })))
  .put('/:id', async (c) => {
    const { ctx } = c.var;
    const change = parseInput(editKnowledgeInput, await readJson(c), ctx.locale);
    return json(await editKnowledge({ ctx, input: { id: c.req.param('id'), ...change } }));
  })
  .delete('/:id', async (c) => {
    await deleteKnowledge({ ctx: c.var.ctx, input: { id: c.req.param('id') } });
    return empty();
  })
  .post('/:id/search', async (c) => {
    const { ctx } = c.var;
    const asked = parseInput(searchKnowledgeInput, await readJson(c), ctx.locale);
    return json(await searchKnowledge({ ctx, input: { id: c.req.param('id'), ...asked } }));
  })
  .post('/:id/documents', async (c) => {
    const { ctx } = c.var;
    const document = parseInput(addDocumentInput, await readJson(c), ctx.locale);
    return json(await addDocument({ ctx, input: { base: c.req.param('id'), ...document } }), 201);
  })
  .delete('/:id/documents/:document', async (c) => {
    await deleteDocument({ ctx: c.var.ctx, input: { base: c.req.param('id'), id: c.req.param('document') } });
    return empty();
  })
  .post('/:id/documents/:document/retry', async (c) =>
    json(await retryDocument({ ctx: c.var.ctx, input: { base: c.req.param('id'), id: c.req.param('document') } })),
  );
