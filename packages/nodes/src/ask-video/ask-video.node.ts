import { defineNode, field } from '@patchbay/node-kit';
import * as z from 'zod';
import { showing, valueOn } from '../media/show.ts';
import { cacheField, instructionsField } from '../model-call/fields.ts';
import { writeAnswer } from '../model-call/write-answer.ts';

export const askVideoNode = defineNode({
  type: 'ask_video',
  version: 1,
  category: 'media',
  icon: 'clapperboard',
  words: {
    title: { en: 'Ask about a video', 'zh-Hans': '视频问答' },
    summary: {
      en: 'Describes a video or answers a question about it, with a model that takes video.',
      'zh-Hans': '用支持视频的模型描述视频，或回答关于视频的问题。',
    },
    synonyms: ['film', 'clip', 'movie', 'watch', 'Gemini', 'describe', '影片', '短片', '看视频', '描述视频', '提问'],
  },
  config: z.strictObject({
    model: field.model({
      title: { en: 'Model', 'zh-Hans': '模型' },
      help: { en: 'Google and Qwen have models that take video.', 'zh-Hans': 'Google 和通义千问有支持视频的模型。' },
    }),
    question: field.longText({
      title: { en: 'Question', 'zh-Hans': '问题' },
      placeholder: { en: 'Empty: the video is described.', 'zh-Hans': '留空则描述视频。' },
    }),
    language: field.language({ title: { en: 'Language of the answer', 'zh-Hans': '回答语言' }, advanced: true }, 'auto'),
    instructions: instructionsField,
    cache: cacheField,
  }),
  ports: {
    inputs: [{ id: 'video', title: { en: 'Video', 'zh-Hans': '视频' }, type: 'video', required: true }],
    outputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', stream: true }],
  },
  essence: ({ question }) => question.split('\n')[0] ?? '',
  repeatable: true,
  examples: [
    {
      name: { en: 'A question, with the demo model', 'zh-Hans': '向演示模型提问' },
      config: { model: 'demo/auto', question: 'Who speaks first?' },
      inputs: { video: { mediaType: 'video/mp4', base64: 'AAAAGGZ0eXBpc29tAAAAAGlzb21tcDQy' } },
      outputs: {
        text: 'This is a video (video/mp4).\n\nYou asked: “Who speaks first?”\n\nThe demo model cannot see: it only reads the size and the kind of a file.\n\n(Demo model: written by simple rules. Connect a provider for real answers.)',
      },
    },
  ],
  run({ config, inputs }, ctx) {
    const asks = config.question.trim() !== '';
    const task = asks
      ? 'Answer the question of the user about the video. Name the time (minutes:seconds) where it matters.'
      : 'Describe the video of the user: what happens, in its order, with the time (minutes:seconds) of each part.';
    const otherwise = 'Describe this video.';
    return writeAnswer(ctx, async () => showing(await ctx.files.open(valueOn(inputs, 'video'), 'video'), { ...config, task, otherwise }));
  },
});
