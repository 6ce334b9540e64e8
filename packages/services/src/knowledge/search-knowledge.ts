import { addUsage, noUsage, toFailure } from '@patchbay/engine';
import type { ModelCall } from '@patchbay/node-kit';
import type * as z from 'zod';
import { type Ctx, requireScope } from '../context.ts';
import { failureResource } from '../runs/run-resource.ts';
import { embedTexts } from './embed-texts.ts';
import type { searchKnowledgeInput } from './input.ts';
import { findBase } from './knowledge-resource.ts';
import type { PassageList, PassageResource } from './knowledge-resources.ts';
import { findPassages, type Hit } from './search/find-passages.ts';
import { marksOf } from './search/marks.ts';
import { questionWords } from './text/question-words.ts';

const usualCount = 5;
const longestWaitMs = 30_000;

type Input = { id: string } & z.output<typeof searchKnowledgeInput>;

/** Tries a base: the passages a step would be given. Where its model cannot be asked, those found by words, and why. */
export async function searchKnowledge({ ctx, input }: { ctx: Ctx; input: Input }): Promise<PassageList> {
  requireScope(ctx, 'manage');
  const { deps, workspaceId, locale } = ctx;
  const base = await findBase(ctx, input.id);
  const { question, count = usualCount, minScore = 0 } = input;
  let trouble: PassageList['trouble'] = null;
  const usage = noUsage();
  const report = (call: ModelCall): void => addUsage(usage, call);
  const signal = AbortSignal.timeout(longestWaitMs);
  const embed = async (model: string, text: string) => {
    try {
      return (await embedTexts(deps, { workspaceId, model, texts: [text], signal, report }))[0];
    } catch (error) {
      trouble = failureResource(toFailure(error, ''), locale);
      return undefined;
    }
  };
  const hits = await findPassages(deps.database, [base], { question, count, minScore }, embed);
  const words = new Set(questionWords(question));
  return { passages: hits.map((hit) => passageResource(hit, words)), trouble, usage };
}

function passageResource({ passage, score, words, meaning }: Hit, asked: ReadonlySet<string>): PassageResource {
  const { documentId, document, headings, page, start, text } = passage;
  const marks = marksOf(text, asked);
  return { document: { id: documentId, name: document }, headings, page, start, text, score, words, meaning, marks };
}
