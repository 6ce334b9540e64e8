import type { EmbeddingModelList, KnowledgeDetail, KnowledgeDocument, KnowledgeList, PassageList } from '@patchbay/services/resources';
import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';

const at = (id: string): string => `/api/knowledge/${encodeURIComponent(id)}`;
const documentAt = (base: string, id: string): string => `${at(base)}/documents/${encodeURIComponent(id)}`;

export const createKnowledge = (base: { name: string; embedding: string | null }): Promise<KnowledgeDetail> =>
  call('/api/knowledge', { method: 'POST', body: base });
export const editKnowledge = (id: string, change: { name?: string; embedding?: string | null }): Promise<KnowledgeDetail> =>
  call(at(id), { method: 'PUT', body: change });
export const deleteKnowledge = (id: string): Promise<void> => call(at(id), { method: 'DELETE' });
/** A pasted text, or a file in base 64. */
export const addDocument = (base: string, document: { name: string; text?: string; file?: string }): Promise<KnowledgeDocument> =>
  call(`${at(base)}/documents`, { method: 'POST', body: document });
export const deleteDocument = (base: string, id: string): Promise<void> => call(documentAt(base, id), { method: 'DELETE' });
export const retryDocument = (base: string, id: string): Promise<KnowledgeDocument> =>
  call(`${documentAt(base, id)}/retry`, { method: 'POST' });
export const searchKnowledge = (base: string, question: string): Promise<PassageList> =>
  call(`${at(base)}/search`, { method: 'POST', body: { question } });

/** How long a look at documents that are under way is good for. */
const lookMs = 1_000;

export const knowledgeListQuery = queryOptions({
  queryKey: ['knowledge'],
  queryFn: ({ signal }) => call<KnowledgeList>('/api/knowledge', { signal }),
  staleTime: 0,
});
/** Looked at again and again while documents of it are being read. */
export const knowledgeQuery = (id: string) =>
  queryOptions({
    queryKey: ['knowledge', id],
    queryFn: ({ signal }) => call<KnowledgeDetail>(at(id), { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.contents.some(({ status }) => status !== 'ready' && status !== 'failed') ? lookMs : false),
  });
export const embeddingModelsQuery = queryOptions({
  queryKey: ['embedding-models'],
  queryFn: ({ signal }) => call<EmbeddingModelList>('/api/models/embedding', { signal }),
  staleTime: 60_000,
});
