import {
  type Conversation,
  defineNode,
  field,
  type NodeContext,
  type Outputs,
  type PortChunk,
  StepError,
  textOf,
} from '@patchbay/node-kit';
import * as z from 'zod';
import { maxTokensField, modelField, roleField, temperatureField } from '../model-call/fields.ts';
import { sumUp } from './sum-up.ts';
import { messagesOf, windowOf } from './window.ts';

const dayMs = 24 * 60 * 60 * 1_000;

const config = z.strictObject({
  model: modelField,
  system: roleField({ en: 'Sent apart from what people say, as the system part.', 'zh-Hans': '作为系统消息，与对话内容分开发送。' }),
  turns: field.number(
    {
      title: { en: 'Earlier messages the model reads', 'zh-Hans': '模型可读的历史消息数' },
      help: { en: 'So many questions with their answers, the newest.', 'zh-Hans': '最近若干轮问答。' },
      min: 0,
      max: 200,
    },
    10,
  ),
  tokens: field.optionalNumber({
    title: { en: 'At most so many tokens of them', 'zh-Hans': '历史消息的 token 上限' },
    help: { en: 'Estimated. The newest answer is always read.', 'zh-Hans': '为估算值。最近一轮总会被读取。' },
    min: 100,
    max: 1_000_000,
    advanced: true,
  }),
  summarize: field.toggle(
    {
      title: { en: 'Sum up what is older', 'zh-Hans': '总结更早的内容' },
      help: { en: 'Now and then one more call of the model.', 'zh-Hans': '会偶尔多调用一次模型。' },
    },
    true,
  ),
  days: field.number(
    {
      title: { en: 'Forget a conversation after so many days', 'zh-Hans': '多少天后清除对话' },
      help: { en: 'Counted from its last message.', 'zh-Hans': '自最后一条消息起计算。' },
      min: 1,
      max: 365,
      advanced: true,
    },
    30,
  ),
  temperature: temperatureField,
  maxTokens: maxTokensField(),
});
type Config = z.output<typeof config>;

export const chatNode = defineNode({
  type: 'chat',
  version: 1,
  category: 'ai',
  icon: 'messages-square',
  words: {
    title: { en: 'Chat', 'zh-Hans': '对话' },
    summary: {
      en: 'Answers a message and remembers the conversation, so that the next one can refer to it.',
      'zh-Hans': '回答消息并记住对话内容，后续消息可以接着聊。',
    },
    synonyms: ['memory', 'conversation', 'chatbot', 'assistant', 'history', 'dialogue', '记忆', '聊天', '聊天机器人', '多轮对话', '会话'],
  },
  config,
  ports: {
    inputs: [
      { id: 'message', title: { en: 'Message', 'zh-Hans': '消息' }, type: 'text', required: true },
      { id: 'conversation', title: { en: 'Conversation', 'zh-Hans': '对话编号' }, type: 'text', required: false },
    ],
    outputs: [
      { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', stream: true },
      { id: 'conversation', title: { en: 'Conversation', 'zh-Hans': '对话编号' }, type: 'text' },
    ],
  },
  essence: ({ turns }, locale) => (locale === 'en' ? `remembers ${turns}` : `记住 ${turns} 轮`),
  repeatable: true,
  examples: [
    {
      name: { en: 'A first message', 'zh-Hans': '第一条消息' },
      config: { model: 'demo/echo' },
      inputs: { message: 'Hello', conversation: 'guest-7' },
      outputs: { text: 'Hello', conversation: 'guest-7' },
    },
  ],
  async *run({ config: settings, inputs }, ctx) {
    const named = typeof inputs['conversation'] === 'string' ? inputs['conversation'].trim() : '';
    const talk = await ctx.conversations.open(named, settings.days * dayMs);
    try {
      return yield* answer(ctx, settings, talk, await textOf(inputs['message']));
    } finally {
      talk.close();
    }
  },
});

async function* answer(ctx: NodeContext, settings: Config, talk: Conversation, question: string): AsyncGenerator<PortChunk, Outputs> {
  const { model, system, temperature, maxTokens } = settings;
  const { summary, shown, upTo } = await recall(ctx, settings, talk);
  const messages = [...messagesOf(system, { summary }, shown), { role: 'user' as const, content: question }];
  const request = { model, messages, temperature, maxOutputTokens: maxTokens, task: { kind: 'chat' as const } };
  let text = '';
  if (ctx.models.whole === true) {
    const whole = await ctx.models.chat(request);
    assertGiven(whole.finishReason);
    text = whole.text;
  } else {
    for await (const chunk of ctx.models.stream(request)) {
      if (chunk.type === 'text') {
        text += chunk.text;
        yield { port: 'text', text: chunk.text };
      } else if (chunk.type === 'end') assertGiven(chunk.finishReason);
    }
  }
  await talk.add({ question, answer: text, ...(upTo === undefined ? {} : { summary: { text: summary, upTo } }) });
  return { ...(text === '' ? {} : { text }), conversation: talk.id };
}

/** What the model reads of what was said. Summing up waits until some exchanges have left the window, since it costs a call. */
async function recall(ctx: NodeContext, { model, turns, tokens, summarize }: Config, talk: Conversation) {
  const { shown, older } = windowOf(talk.exchanges, { turns, tokens });
  const batch = Math.max(1, Math.ceil(turns / 2));
  if (!summarize || older.length === 0) return { summary: talk.summary, shown, upTo: undefined };
  if (older.length < batch && tokens === undefined) return { summary: talk.summary, shown: talk.exchanges, upTo: undefined };
  const summary = await sumUp(ctx, model, talk, older);
  return { summary, shown, upTo: older.at(-1)?.number };
}

function assertGiven(finishReason: string): void {
  if (finishReason === 'content_filter') throw new StepError('content_filtered', 'answer_filtered', {});
}
