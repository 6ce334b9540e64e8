import type { Database, FoundPassage, KnowledgeBaseRow } from '@patchbay/db';
import { questionWords } from '../text/question-words.ts';
import { wordsOf } from '../text/words-of.ts';
import { fuseRanks } from './fuse.ts';
import { type Near, nearest } from './nearest.ts';

/** A word no passage has counts less than a rare one: in Chinese most are pairs across the border of two words. */
const unknownWeight = 0.25;

export interface Question {
  question: string;
  /** How many passages, at most. */
  count: number;
  /** 0 to 1: passages scored lower are left out. */
  minScore: number;
}

/** A passage with what speaks for it. */
export interface Hit {
  passage: FoundPassage;
  /** The better of the two below, 0 to 1. */
  score: number;
  /** The share of the question's words that stand in it, rare words counting more. */
  words: number;
  /** How near its meaning is to the question's, 0 where it is not among the nearest; null where only words were looked at. */
  meaning: number | null;
}

/** Passages that each of the two ways may put forward. */
const candidates = 50;

/** Undefined where nobody is to be asked: passages are then found by their words alone. */
export type EmbedQuestion = (model: string, question: string) => Promise<readonly number[] | undefined>;

/** The passages of the bases that answer a question best, found by words and, where a base has a model, by meaning, and put in one order. */
export async function findPassages(
  database: Pick<Database, 'passages'>,
  bases: readonly KnowledgeBaseRow[],
  { question, count, minScore }: Question,
  embed: EmbedQuestion,
): Promise<Hit[]> {
  const words = questionWords(question);
  const found = await Promise.all(bases.map((base) => findInBase(database, base, { question, words }, embed)));
  const near = new Map(found.flatMap((one) => one.near.map(({ id, likeness }) => [id, likeness] as const)));
  const byMeaning = new Set(found.filter(({ rankings }) => rankings.length > 1).map(({ baseId }) => baseId));
  const order = fuseRanks(found.flatMap(({ rankings }) => rankings));
  const weights = new Map(found.flatMap(({ weights: some }) => [...some]));
  const known = new Map<number, FoundPassage>();
  const workspaceId = bases[0]?.workspaceId ?? '';
  for (const passage of await database.passages.read(workspaceId, order)) known.set(passage.id, passage);
  const hits: Hit[] = [];
  for (const id of order) {
    const passage = known.get(id);
    if (passage === undefined) continue;
    const hit = judge(passage, { words, weights, likeness: near.get(id) ?? (byMeaning.has(passage.baseId) ? 0 : undefined) });
    if (hit.score >= minScore) hits.push(hit);
    if (hits.length === count) break;
  }
  return hits;
}

interface Found {
  baseId: string;
  rankings: number[][];
  near: readonly Near[];
  /** How much each word of the question tells, by how few passages of the base have it. */
  weights: Map<string, number>;
}

async function findInBase(
  database: Pick<Database, 'passages'>,
  { workspaceId, id, embedding }: KnowledgeBaseRow,
  { question, words }: { question: string; words: readonly string[] },
  embed: EmbedQuestion,
): Promise<Found> {
  const byWords = await database.passages.findByWords(workspaceId, id, words, candidates);
  const counts = await database.passages.countWords(workspaceId, id, words);
  const weights = new Map([...counts].map(([word, passages]) => [word, passages === 0 ? unknownWeight : 1 / Math.log2(2 + passages)]));
  const vector = embedding === null ? undefined : await embed(embedding, question);
  if (vector === undefined) return { baseId: id, rankings: [byWords], near: [], weights };
  const near = await nearest(database, { workspaceId, baseId: id }, vector, candidates);
  return { baseId: id, rankings: [byWords, near.map((one) => one.id)], near, weights };
}

interface Evidence {
  words: readonly string[];
  weights: ReadonlyMap<string, number>;
  likeness: number | undefined;
}

function judge(passage: FoundPassage, { words, weights, likeness }: Evidence): Hit {
  const text = [passage.document, ...passage.headings, passage.text].join('\n');
  const there = new Set([...wordsOf(text)].map(({ word }) => word));
  const sum = (some: readonly string[]): number => some.reduce((total, word) => total + (weights.get(word) ?? unknownWeight), 0);
  const share = words.length === 0 ? 0 : sum(words.filter((word) => there.has(word))) / sum(words);
  const meaning = likeness === undefined ? null : Math.max(0, likeness);
  return { passage, score: Math.max(share, meaning ?? 0), words: share, meaning };
}
