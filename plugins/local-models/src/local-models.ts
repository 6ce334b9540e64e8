import { join } from 'node:path';
import {
  env,
  type FeatureExtractionPipeline,
  type FillMaskPipeline,
  type ImageClassificationPipeline,
  InterruptableStoppingCriteria,
  pipeline,
  RawImage,
  type TextClassificationPipeline,
  type TextGenerationPipeline,
  TextStreamer,
} from '@huggingface/transformers';
import type { LocalModels, LocalTask, Scored, WriteRequest } from '../index.d.mts';
import { findModels } from './find-models.ts';
import { pickWeights } from './pick-weights.ts';

// What is not in the folder is not there: no weights, no tokenizer and no code are fetched, and nothing is written.
env.allowRemoteModels = false;
env.useFSCache = false;

interface Pipelines {
  'classify-text': TextClassificationPipeline;
  'classify-image': ImageClassificationPipeline;
  'fill-mask': FillMaskPipeline;
  write: TextGenerationPipeline;
  embed: FeatureExtractionPipeline;
}
type AnyPipeline = Pipelines[LocalTask];

const names = {
  'classify-text': 'text-classification',
  'classify-image': 'image-classification',
  'fill-mask': 'fill-mask',
  write: 'text-generation',
  embed: 'feature-extraction',
} as const;

/** So many stay in memory; the one that was asked longest ago makes room. */
const mostOpen = 4;
const mostFilled = 5;

export function openLocalModels(folder: string): LocalModels {
  const opened = new Map<string, Promise<AnyPipeline>>();

  const load = async (name: string, task: LocalTask): Promise<AnyPipeline> => {
    const known = (await findModels(folder)).find((model) => model.name === name);
    if (known?.task !== task) throw new Error(`there is no such model for ${task}`);
    env.localModelPath = folder;
    return pipeline(names[task], name, { dtype: await pickWeights(join(folder, name)), device: 'cpu', local_files_only: true });
  };
  const open = <Task extends LocalTask>(name: string, task: Task): Promise<Pipelines[Task]> => {
    const key = `${task} ${name}`;
    const pipe = opened.get(key) ?? load(name, task);
    opened.delete(key);
    opened.set(key, pipe);
    // A model that could not be opened is looked at again: its files may be there by then.
    pipe.catch(() => opened.delete(key));
    const [oldest] = opened.keys();
    if (opened.size > mostOpen && oldest !== undefined) drop(opened, oldest);
    return pipe as Promise<Pipelines[Task]>;
  };

  return {
    list: () => findModels(folder),
    async classifyText(name, text) {
      const classify = await open(name, 'classify-text');
      return scored(await classify(text, { top_k: null as never }));
    },
    async classifyImage(name, image) {
      const classify = await open(name, 'classify-image');
      return scored(await classify(await RawImage.fromBlob(new Blob([Uint8Array.from(image)])), { top_k: null as never }));
    },
    async fillMask(name, text) {
      const fill = await open(name, 'fill-mask');
      const filled = [await fill(text, { top_k: mostFilled })].flat(2);
      return filled.map(({ sequence, score }) => ({ label: sequence, score }));
    },
    async embed(name, texts) {
      const extract = await open(name, 'embed');
      const tensor = await extract([...texts], { pooling: 'mean', normalize: true });
      return tensor.tolist() as number[][];
    },
    write: async (name, request) => write(await open(name, 'write'), request),
    async close() {
      for (const key of [...opened.keys()]) await drop(opened, key);
    },
  };
}

async function drop(opened: Map<string, Promise<AnyPipeline>>, key: string): Promise<void> {
  const pipe = opened.get(key);
  opened.delete(key);
  await pipe?.then((open) => open.dispose()).catch(() => undefined);
}

function scored(answer: unknown): Scored[] {
  const labels = [answer].flat(2) as Scored[];
  return labels.map(({ label, score }) => ({ label, score })).sort((one, other) => other.score - one.score);
}

async function write(generate: TextGenerationPipeline, { messages, maxTokens, temperature, signal, onText }: WriteRequest) {
  const { tokenizer } = generate;
  const chat = tokenizer.chat_template !== null && tokenizer.chat_template !== undefined;
  const prompt = chat
    ? String(tokenizer.apply_chat_template([...messages], { tokenize: false, add_generation_prompt: true }))
    : messages.map(({ content }) => content).join('\n');
  const stop = new InterruptableStoppingCriteria();
  const onAbort = (): void => stop.interrupt();
  signal.addEventListener('abort', onAbort, { once: true });
  let text = '';
  let outputTokens = 0;
  const streamer = new TextStreamer(tokenizer, {
    skip_prompt: true,
    skip_special_tokens: true,
    callback_function: (piece) => {
      text += piece;
      if (piece !== '' && !signal.aborted) onText(piece);
    },
    token_callback_function: (tokens) => {
      outputTokens += tokens.length;
    },
  });
  try {
    signal.throwIfAborted();
    await generate(prompt, {
      max_new_tokens: maxTokens,
      do_sample: temperature > 0,
      ...(temperature > 0 ? { temperature } : {}),
      add_special_tokens: !chat,
      streamer,
      stopping_criteria: [stop] as never,
    } as never);
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  return { text, inputTokens: tokenizer.encode(prompt).length, outputTokens };
}
