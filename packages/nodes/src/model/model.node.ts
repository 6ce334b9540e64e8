import {
  type ChatMessage,
  defineNode,
  type Json,
  type ModelRequest,
  optionalJsonField,
  StepError,
  textOf,
  type Words,
} from '@patchbay/node-kit';
import * as z from 'zod';
import { parseAnswer } from '../model-call/ask-data.ts';
import { cacheField, cacheTime, maxTokensField, modelField, roleField, temperatureField } from '../model-call/fields.ts';
import { findMisfit } from '../model-call/find-misfit.ts';
import { writeAnswer } from '../model-call/write-answer.ts';

const automatic: Words = { en: 'Automatic model', 'zh-Hans': '自动选择模型' };

export const modelNode = defineNode({
  type: 'model',
  version: 1,
  category: 'ai',
  icon: 'sparkles',
  words: {
    title: { en: 'Model', 'zh-Hans': '模型' },
    summary: { en: 'Asks a language model and streams its answer.', 'zh-Hans': '调用语言模型，并流式返回回答。' },
    synonyms: ['GPT', 'LLM', 'AI', 'chat', 'ask', 'Claude', 'Qwen', '大模型', '对话', '提问'],
  },
  config: z.strictObject({
    model: modelField,
    system: roleField({ en: 'Sent apart from the prompt, as the system part.', 'zh-Hans': '作为系统消息，与提示词分开发送。' }),
    temperature: temperatureField,
    maxTokens: maxTokensField(),
    schema: optionalJsonField({
      title: { en: 'Answer as data', 'zh-Hans': '以数据回答' },
      help: {
        en: 'A JSON Schema. The answer must fit it and also leaves as data.',
        'zh-Hans': 'JSON Schema。回答必须符合它，并同时以数据输出。',
      },
      advanced: true,
    }),
    cache: cacheField,
  }),
  ports: (config) => ({
    inputs: [
      { id: 'prompt', title: { en: 'Prompt', 'zh-Hans': '提示词' }, type: 'text', required: true },
      { id: 'history', title: { en: 'Earlier messages', 'zh-Hans': '之前的对话' }, type: 'chat', required: false },
    ],
    outputs: [
      { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', stream: true },
      ...(config.schema === undefined || config.schema === null
        ? []
        : [{ id: 'data', title: { en: 'Data', 'zh-Hans': '数据' }, type: 'data' as const }]),
    ],
  }),
  essence: (config, locale) => (config.model === 'auto' ? automatic[locale] : config.model),
  repeatable: true,
  examples: [
    {
      name: { en: 'A question', 'zh-Hans': '提问' },
      config: { model: 'demo/echo' },
      inputs: { prompt: 'Hello' },
      outputs: { text: 'Hello' },
    },
    {
      name: { en: 'An answer as data', 'zh-Hans': '以数据回答' },
      config: { model: 'demo/echo', schema: { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] } },
      inputs: { prompt: '{"sum": 4}' },
      outputs: { text: '{"sum": 4}', data: { sum: 4 } },
    },
  ],
  run({ config, inputs }, ctx) {
    const { schema } = config;
    const ask = async (): Promise<ModelRequest> => {
      const messages: ChatMessage[] = [];
      if (config.system !== '') messages.push({ role: 'system', content: config.system });
      messages.push(...readHistory(inputs['history'] as Json), { role: 'user', content: await textOf(inputs['prompt']) });
      const request: ModelRequest = {
        model: config.model,
        messages,
        temperature: config.temperature,
        maxOutputTokens: config.maxTokens,
        task: { kind: 'chat' },
        cacheMs: cacheTime(config.cache),
      };
      if (isRecord(schema)) request.schema = schema;
      return request;
    };
    return writeAnswer(ctx, ask, (text) => (isRecord(schema) ? { text, data: fitted(schema, parseAnswer(text)) } : {}));
  },
});

const isRecord = (value: Json | undefined): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fitted(schema: Record<string, Json>, data: Json): Json {
  const misfit = findMisfit(schema, data);
  if (misfit !== undefined)
    throw new StepError('bad_output', 'answer_does_not_fit', { path: misfit.path.join('.'), expected: misfit.expected });
  return data;
}

/** Earlier turns come from outside, so they may be a user's or an assistant's, never a system's. */
function readHistory(history: Json): ChatMessage[] {
  if (history === null) return [];
  return (Array.isArray(history) ? history : [history]).map((message, index) => {
    const turn = isRecord(message) ? message : {};
    const { role, content } = turn;
    if ((role !== 'user' && role !== 'assistant') || typeof content !== 'string')
      throw new StepError('invalid_input', 'bad_history', { index: index + 1 });
    return { role, content };
  });
}
