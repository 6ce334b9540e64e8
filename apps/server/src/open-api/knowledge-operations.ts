import type { Operation } from './operation.ts';

/** What `/api/knowledge` answers. */
export const knowledgeOperations: Operation[] = [
  { method: 'get', path: '/api/knowledge', summary: 'List knowledge bases', status: 200, answer: 'KnowledgeList' },
  {
    method: 'post',
    path: '/api/knowledge',
    summary: 'Make a knowledge base; its model is tried first',
    body: 'NewKnowledge',
    status: 201,
    answer: 'KnowledgeDetail',
  },
  { method: 'get', path: '/api/knowledge/{id}', summary: 'Read a base with its documents', status: 200, answer: 'KnowledgeDetail' },
  {
    method: 'put',
    path: '/api/knowledge/{id}',
    summary: 'Rename a base, or give it another model',
    body: 'EditKnowledge',
    status: 200,
    answer: 'KnowledgeDetail',
  },
  { method: 'delete', path: '/api/knowledge/{id}', summary: 'Delete a base with all its documents', status: 204 },
  {
    method: 'post',
    path: '/api/knowledge/{id}/search',
    summary: 'Find the passages that answer a question',
    body: 'SearchKnowledge',
    status: 200,
    answer: 'PassageList',
  },
  {
    method: 'post',
    path: '/api/knowledge/{id}/documents',
    summary: 'Add a document; it is read in the background',
    body: 'NewDocument',
    status: 201,
    answer: 'Document',
  },
  {
    method: 'delete',
    path: '/api/knowledge/{id}/documents/{document}',
    summary: 'Delete a document and every trace of it',
    status: 204,
  },
  {
    method: 'post',
    path: '/api/knowledge/{id}/documents/{document}/retry',
    summary: 'Ask again for the vectors of a document whose model failed',
    status: 200,
    answer: 'Document',
  },
  { method: 'get', path: '/api/models/embedding', summary: 'List models that make vectors', status: 200, answer: 'EmbeddingModelList' },
];
