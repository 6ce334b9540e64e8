import { type ChatResult, type NodeContext, StepError } from '@patchbay/node-kit';
import { compare, type Fault } from './compare.ts';
import { missingTerms, termsIn } from './glossary.ts';
import { type Manner, translationRequest } from './request.ts';
import { joinSegments, type Segment, type SegmentBy, segmentsOf } from './segments.ts';
import { protect } from './spans.ts';

/** What is asked for in one go, in characters: few enough that an answer is not cut, enough that sentences see each other. */
const batchLength = 4_000;
const batchSegments = 40;

export interface Translator {
  /** What is remembered of these texts, by text. */
  recall(cores: readonly string[]): Promise<Map<string, string>>;
  /** Translations of all of these, asked for together where that works out. Throws `bad_output` for what cannot be kept whole. */
  translate(batch: readonly Segment[]): Promise<Map<string, string>>;
  /** The same for texts in which nothing has to be kept: the model's words as they are written. */
  write(batch: readonly Segment[]): AsyncGenerator<string>;
}

export function createTranslator(ctx: NodeContext, manner: Manner, by: SegmentBy): Translator {
  const keyOf = (core: string): string => JSON.stringify([1, core, { ...manner, glossary: termsIn(core, manner.glossary) }]);
  const remember = async (found: ReadonlyMap<string, string>, simulated: boolean): Promise<void> => {
    // What the demo model says is no translation to keep for the day a real one is connected.
    if (!simulated)
      await ctx.memory.remember(
        'translation',
        [...found].map(([core, value]) => ({ key: keyOf(core), value })),
      );
  };
  const ask = async (text: string, faults: readonly Fault[] = []): Promise<ChatResult> =>
    assertWhole(await ctx.models.chat(translationRequest(text, manner, faults)));

  /** One text by itself: asked, checked, asked once more with what was wrong, and then refused. */
  async function alone(core: string, known: readonly Fault[]): Promise<string> {
    let faults = known;
    for (let attempt = known.length > 0 ? 1 : 0; attempt < 2; attempt += 1) {
      const { text, simulated } = await ask(core, faults);
      const answer = text.trim();
      faults = faultsOf(core, answer, manner);
      if (faults.length > 0) continue;
      await remember(new Map([[core, answer]]), simulated);
      return answer;
    }
    throw refusal(faults);
  }

  return {
    async recall(cores) {
      const found = await ctx.memory.recall('translation', cores.map(keyOf));
      return new Map(cores.flatMap((core, index) => (found[index] === undefined ? [] : [[core, found[index]]])));
    },
    async translate(batch) {
      const { text, simulated } = await ask(joinSegments(spaced(batch, by)));
      // One text is one answer, whatever its breaks.
      const answers = batch.length === 1 ? [text.trim()] : coresOf(text, by);
      const first = new Map(batch.length === answers.length ? batch.map(({ core }, index) => [core, answers[index] as string]) : []);
      const faults = new Map([...first].map(([core, answer]) => [core, faultsOf(core, answer, manner)]));
      const whole = new Map([...first].filter(([core]) => faults.get(core)?.length === 0));
      await remember(whole, simulated);
      for (const { core } of batch) if (!whole.has(core)) whole.set(core, await alone(core, faults.get(core) ?? []));
      return whole;
    },
    async *write(batch) {
      let text = '';
      let simulated = false;
      for await (const chunk of ctx.models.stream(translationRequest(joinSegments(batch), manner))) {
        if (chunk.type === 'end') ({ simulated } = assertWhole(chunk));
        else {
          text += chunk.text;
          yield chunk.text;
        }
      }
      const answers = coresOf(text, by);
      if (answers.length === batch.length)
        await remember(new Map(batch.map(({ core }, index) => [core, answers[index] as string])), simulated);
    },
  };
}

const coresOf = (text: string, by: SegmentBy): string[] => segmentsOf(text, by).segments.map(({ core }) => core);

/** Texts taken from different places stand apart as segments do. */
const spaced = (batch: readonly Segment[], by: SegmentBy): Segment[] =>
  batch.map(({ core }) => ({ gap: by === 'line' ? '\n' : '\n\n', core }));

/** True where the answer has to be held back until it is looked at. */
export const needsCheck = (core: string, { glossary }: Manner): boolean => {
  const { spans, messages } = protect(core);
  return spans.length > 0 || messages.length > 0 || termsIn(core, glossary).length > 0;
};

const faultsOf = (core: string, answer: string, { target, glossary }: Manner): Fault[] =>
  answer === '' ? [{ kind: 'lost', text: core.slice(0, 40) }] : [...compare(core, answer, target), ...missingTerms(core, answer, glossary)];

export function batchesOf(segments: readonly Segment[]): Segment[][] {
  const batches: Segment[][] = [];
  let length = 0;
  for (const segment of segments) {
    const last = batches.at(-1);
    if (last === undefined || length + segment.core.length > batchLength || last.length === batchSegments) {
      batches.push([segment]);
      length = segment.core.length;
    } else {
      last.push(segment);
      length += segment.core.length;
    }
  }
  return batches;
}

function assertWhole<Result extends Pick<ChatResult, 'finishReason' | 'simulated'>>(result: Result): Result {
  if (result.finishReason === 'content_filter') throw new StepError('content_filtered', 'answer_filtered', {});
  if (result.finishReason === 'length') throw new StepError('bad_output', 'answer_cut', {});
  return result;
}

function refusal(faults: readonly Fault[]): StepError {
  const kind = faults[0]?.kind ?? 'lost';
  const parts = faults.filter((fault) => fault.kind === kind).map(({ text }) => text.slice(0, 60));
  const params = { parts: [...new Set(parts)].slice(0, 10).join(' · ') };
  if (kind === 'term') return new StepError('bad_output', 'terms_missing', params);
  if (kind === 'crossed') return new StepError('bad_output', 'tags_crossed', params);
  return kind === 'added' ? new StepError('bad_output', 'parts_added', params) : new StepError('bad_output', 'parts_lost', params);
}
