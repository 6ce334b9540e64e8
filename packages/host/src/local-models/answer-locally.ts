import {
  type ChatMessage,
  type ChatRequest,
  type ChatResult,
  estimateInput,
  estimateTokens,
  type MediaPart,
  ModelError,
} from '@patchbay/models';
import type { LocalModels } from '../plugins.ts';
import { chooseLabels } from './choose-labels.ts';

export type LocalTask = Awaited<ReturnType<LocalModels['list']>>[number]['task'];

export interface LocalQuestion {
  models: LocalModels;
  task: LocalTask;
  request: ChatRequest;
  signal: AbortSignal;
  /** Told the text as it comes, where it comes bit by bit. */
  onText: (text: string) => void;
}

const usualTokens = 256;

/** A chat request answered by what the model is for: a label, a filled mask, or the text that goes on. */
export async function answerLocally(question: LocalQuestion): Promise<ChatResult> {
  const { models, task, request } = question;
  const { model } = request;
  switch (task) {
    case 'classify-text':
      return whole(request, chooseLabels(request, await models.classifyText(model, textOf(request))));
    case 'classify-image':
      return whole(request, chooseLabels(request, await models.classifyImage(model, imageOf(request))));
    case 'fill-mask':
      return whole(request, (await models.fillMask(model, textOf(request)))[0]?.label ?? '');
    case 'write':
      return write(question);
    case 'embed':
      throw new ModelError('invalid_input', 'local_only_vectors', { model });
  }
}

async function write({ models, request, signal, onText }: LocalQuestion): Promise<ChatResult> {
  const { model, maxOutputTokens: maxTokens = usualTokens, temperature = 0 } = request;
  const messages = request.messages.map((message) => ({ role: message.role, content: wordsOf(message) }));
  const { text, inputTokens, outputTokens } = await models.write(model, { messages, maxTokens, temperature, signal, onText });
  const finishReason = outputTokens >= maxTokens ? 'length' : 'stop';
  return { text, finishReason, model, simulated: false, usage: { inputTokens, outputTokens, costUsd: 0, estimated: false } };
}

function whole(request: ChatRequest, text: string): ChatResult {
  const usage = { inputTokens: estimateInput(request), outputTokens: estimateTokens(text), costUsd: 0, estimated: true };
  return { text, finishReason: 'stop', model: request.model, simulated: false, usage };
}

const wordsOf = ({ content }: ChatMessage): string =>
  typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('');

const lastOfUser = ({ messages }: ChatRequest): ChatMessage | undefined => messages.findLast(({ role }) => role === 'user');

/** What is to be judged, apart from the words that ask for it. */
function textOf(request: ChatRequest): string {
  if (request.task !== undefined && 'text' in request.task) return request.task.text;
  const last = lastOfUser(request);
  return last === undefined ? '' : wordsOf(last);
}

function imageOf(request: ChatRequest): Uint8Array {
  const content = lastOfUser(request)?.content ?? '';
  const image =
    typeof content === 'string'
      ? undefined
      : content.find((part): part is MediaPart => part.type === 'media' && part.mediaType.startsWith('image/'));
  if (image === undefined) throw new ModelError('invalid_input', 'local_needs_image', { model: request.model });
  return Buffer.from(image.base64, 'base64');
}
