import type { UsageTotal } from '@patchbay/node-kit';
import type { FailureResource } from '../resources.ts';

/** `waiting` for its turn, being read, being turned into vectors, or there for good. */
export const documentStatuses = ['waiting', 'reading', 'embedding', 'ready', 'failed'] as const;
export type DocumentStatus = (typeof documentStatuses)[number];

export interface KnowledgeBase {
  id: string;
  name: string;
  /** `connection/model`; null where passages are found by their words alone. */
  embedding: string | null;
  documents: number;
  passages: number;
  createdAt: string;
}
/** By name. */
export interface KnowledgeList {
  bases: KnowledgeBase[];
}

export interface KnowledgeDocument {
  id: string;
  name: string;
  kind: string;
  status: DocumentStatus;
  /** Why it failed. One that failed after it was read is still found by its words. */
  error: FailureResource | null;
  /** True where it was read and only its vectors are missing. */
  retryable: boolean;
  /** Bytes of the file. */
  size: number;
  passages: number;
  /** How many of the passages have a vector. */
  embedded: number;
  /** What the calls for its vectors took, those that failed and those for former models of its base included. */
  usage: UsageTotal;
  createdAt: string;
}
/** A base with its documents, newest first. */
export interface KnowledgeDetail extends KnowledgeBase {
  /** What the vectors of these documents took. */
  usage: UsageTotal;
  contents: KnowledgeDocument[];
}

export interface PassageResource {
  document: { id: string; name: string };
  /** The headings it stands under, outermost first. */
  headings: string[];
  /** From 1; null where the document has no pages. */
  page: number | null;
  /** Where it begins in the text of the document, in UTF-16 units. */
  start: number;
  text: string;
  /** The better of the two below, 0 to 1. */
  score: number;
  /** The share of the question's words that stand in it. */
  words: number;
  /** How near its meaning is to the question's, 0 where it is not among the nearest; null where only words were looked at. */
  meaning: number | null;
  /** Where words of the question stand in the text, in UTF-16 units. */
  marks: { start: number; end: number }[];
}
export interface PassageList {
  /** The best first. */
  passages: PassageResource[];
  /** Why the model of the base could not be asked; passages were then found by their words alone. */
  trouble: FailureResource | null;
  /** What the question took to be turned into a vector. */
  usage: UsageTotal;
}

/** Models that turn text into vectors, as `connection/model`. */
export interface EmbeddingModelList {
  models: string[];
}
