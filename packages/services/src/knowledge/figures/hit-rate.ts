import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeEmbedding, startFakeProvider } from '@patchbay/testing';
import { localOwner } from '../../context.ts';
import { openServices } from '../../open-services.ts';
import { addDocument } from '../add-document.ts';
import { createKnowledge } from '../create-knowledge.ts';
import { searchKnowledge } from '../search-knowledge.ts';
import { isChinese, readLibrary, readQuestions } from './library.ts';

/** How often the right passage is among the first. */
export interface HitRate {
  questions: number;
  /** The right passage stands first, or among the first five. */
  first: number;
  amongFive: number;
  /** Mean of one over the place of the right passage. */
  reciprocalRank: number;
}

export interface Figures {
  documents: number;
  passages: number;
  english: HitRate;
  chinese: HitRate;
  misses: string[];
}

/** Adds the library to a base as a person would, asks every question, and looks at which place the right passage stands. */
export async function measureHitRate(model: 'words' | 'fake'): Promise<Figures> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'patchbay-hit-rate-'));
  const provider = await startFakeProvider({ embed: fakeEmbedding });
  const services = await openServices({ dataFolder, environment: { OPENAI_BASE_URL: provider.url }, version: 'figures' });
  try {
    const ctx = localOwner(services.deps, 'en');
    const embedding = model === 'fake' ? 'openai/fake-embedding' : null;
    const { id } = await createKnowledge({ ctx, input: { name: 'Library', embedding } });
    for (const document of readLibrary()) await addDocument({ ctx, input: { base: id, ...document } });
    await services.deps.indexer.idle();
    const places = new Map<string, number>();
    for (const { question, document, answer } of readQuestions()) {
      const { passages } = await searchKnowledge({ ctx, input: { id, question, count: 5 } });
      places.set(question, passages.findIndex((passage) => passage.document.name === document && passage.text.includes(answer)) + 1);
    }
    const [base] = await services.deps.database.knowledge.listBases(ctx.workspaceId);
    return {
      documents: base?.documents ?? 0,
      passages: base?.passages ?? 0,
      english: rateOf([...places].filter(([question]) => !isChinese(question)).map(([, at]) => at)),
      chinese: rateOf([...places].filter(([question]) => isChinese(question)).map(([, at]) => at)),
      misses: [...places].filter(([, at]) => at === 0).map(([question]) => question),
    };
  } finally {
    await services.close();
    await provider.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** Places from 1; 0 where the passage was not among the five. */
const rateOf = (places: readonly number[]): HitRate => ({
  questions: places.length,
  first: places.filter((place) => place === 1).length / places.length,
  amongFive: places.filter((place) => place > 0).length / places.length,
  reciprocalRank: places.reduce((sum, place) => sum + (place === 0 ? 0 : 1 / place), 0) / places.length,
});
