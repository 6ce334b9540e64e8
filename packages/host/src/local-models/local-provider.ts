import {
  type CallContext,
  type ChatChunk,
  type ChatRequest,
  type ChatResult,
  estimateTokens,
  ModelError,
  type ModelProvider,
} from '@patchbay/models';
import { type LocalModels, type LocalModelsPlugin, loadLocalModels } from '../plugins.ts';
import { answerLocally, type LocalTask } from './answer-locally.ts';

export interface LocalProviderOptions {
  /** Where the models lie, each in a folder of its name. */
  folder: string;
  load?: (() => Promise<LocalModelsPlugin>) | undefined;
}

/** Models that run in this process, as `local/…`. The plug-in behind it is loaded when the first one is asked. */
export function createLocalProvider({ folder, load = loadLocalModels }: LocalProviderOptions): ModelProvider & { close(): Promise<void> } {
  let opening: Promise<LocalModels> | undefined;
  const open = (): Promise<LocalModels> => {
    opening ??= load().then((plugin) => plugin.openLocalModels(folder));
    // Installed while the program runs, it is found at the next call.
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  };
  /** What each model is for, as the folder last said; it is read again where a name is not among them. */
  let known: ReadonlyMap<string, LocalTask> = new Map();
  const find = async (name: string) => {
    const models = await open();
    if (!known.has(name)) known = new Map((await models.list()).map((model) => [model.name, model.task]));
    const task = known.get(name);
    if (task === undefined) throw new ModelError('invalid_input', 'model_not_found', { provider: 'local', model: name });
    return { models, task };
  };
  const answer = async (request: ChatRequest, call: CallContext, onText: (text: string) => void): Promise<ChatResult> => {
    const { models, task } = await find(request.model);
    return guard(request.model, call, answerLocally({ models, task, request, signal: call.signal, onText }));
  };

  return {
    id: 'local',
    generate: (request, call) => answer(request, call, () => {}),
    stream: (request, call) => streamOf(answer, request, call),
    listModels: async () => (await (await open()).list()).map(({ name }) => name),
    async embed({ model, texts }, call) {
      const { models, task } = await find(model);
      if (task !== 'embed') throw new ModelError('invalid_input', 'local_no_vectors', { model });
      const vectors = await guard(model, call, models.embed(model, texts));
      const inputTokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
      return { vectors, model, simulated: false, usage: { inputTokens, outputTokens: 0, costUsd: 0, estimated: true } };
    },
    close: async () => {
      await opening?.then((models) => models.close()).catch(() => {});
    },
  };
}

/** What the library throws says nothing to a reader, and may hold paths of this machine. */
async function guard<Value>(model: string, { signal }: CallContext, work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (cause) {
    if (signal.aborted) throw new ModelError('cancelled', 'cancelled', {}, { cause });
    if (cause instanceof ModelError) throw cause;
    throw new ModelError('invalid_input', 'local_model_failed', { model }, { cause });
  }
}

type Answering = (request: ChatRequest, call: CallContext, onText: (text: string) => void) => Promise<ChatResult>;

/** Text as the model writes it; leaving early stops it. */
async function* streamOf(answer: Answering, request: ChatRequest, call: CallContext): AsyncGenerator<ChatChunk> {
  const left = new AbortController();
  const pieces: string[] = [];
  let arrived = Promise.withResolvers<void>();
  const tell = (piece: string): void => {
    pieces.push(piece);
    arrived.resolve();
  };
  const work = answer(request, { ...call, signal: AbortSignal.any([call.signal, left.signal]) }, tell);
  let ended = false;
  const end = (): void => {
    ended = true;
    arrived.resolve();
  };
  work.then(end, end);
  try {
    let told = '';
    for (;;) {
      await arrived.promise;
      arrived = Promise.withResolvers();
      const text = pieces.splice(0).join('');
      told += text;
      if (text !== '') yield { type: 'text', text };
      if (!ended || pieces.length > 0) continue;
      const { text: whole, ...rest } = await work;
      if (told === '' && whole !== '') yield { type: 'text', text: whole };
      yield { type: 'end', ...rest };
      return;
    }
  } finally {
    left.abort();
  }
}
