import * as z from 'zod';
import { longestQuestion } from './text/question-words.ts';
import { documentKinds } from './text/text-of-file.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: names are labels on one line.
const oneLine = /^[^\u0000-\u001f\u007f]*$/;
const name = z.string().trim().min(1).max(200).regex(oneLine);
const embedding = z.string().trim().min(1).max(200).nullable();

export const createKnowledgeInput = z.strictObject({ name, embedding: embedding.optional() });
export const editKnowledgeInput = z.strictObject({ name: name.optional(), embedding: embedding.optional() });

/** A file, whose kind is known by its name, or a text that is given a name. */
export const addDocumentInput = z.strictObject({
  name,
  kind: z.enum(documentKinds).optional(),
  text: z.string().max(10_000_000).optional(),
  /** The bytes of a file in base 64. */
  file: z.base64().max(14_000_000).optional(),
});

export const searchKnowledgeInput = z.strictObject({
  question: z.string().trim().min(1).max(longestQuestion),
  count: z.int().min(1).max(20).optional(),
  minScore: z.number().min(0).max(1).optional(),
});
