import { addDocumentInput, createKnowledgeInput, documentStatuses, editKnowledgeInput, searchKnowledgeInput } from '@patchbay/services';
import { failure, flag, fromZod, list, object, orNull, ref, type Schema, text, time, whole } from './schema-parts.ts';

const share: Schema = { type: 'number', minimum: 0, maximum: 1 };
const base = { id: text, name: text, embedding: orNull(text), documents: whole, passages: whole, createdAt: time };

/** Shapes of `/api/knowledge`. */
export const knowledgeSchemas: Record<string, Schema> = {
  NewKnowledge: fromZod(createKnowledgeInput),
  EditKnowledge: fromZod(editKnowledgeInput),
  NewDocument: fromZod(addDocumentInput),
  SearchKnowledge: fromZod(searchKnowledgeInput),
  KnowledgeBase: object(base, 'A base whose embedding is null is searched by words alone.'),
  KnowledgeList: object({ bases: list(ref('KnowledgeBase')) }),
  KnowledgeDetail: object({ ...base, usage: ref('Usage'), contents: list(ref('Document')) }),
  Document: object({
    id: text,
    name: text,
    kind: text,
    status: { enum: [...documentStatuses] },
    error: orNull(object(failure)),
    retryable: flag,
    size: whole,
    passages: whole,
    embedded: whole,
    usage: { ...ref('Usage'), description: 'What the calls for its vectors took.' },
    createdAt: time,
  }),
  Passage: object({
    document: object({ id: text, name: text }),
    headings: list(text),
    page: orNull(whole),
    start: whole,
    text,
    score: share,
    words: share,
    meaning: orNull(share),
    marks: list(object({ start: whole, end: whole })),
  }),
  PassageList: object({ passages: list(ref('Passage')), trouble: orNull(object(failure)), usage: ref('Usage') }),
  EmbeddingModelList: object({ models: list(text) }),
};
