import { defineNode, field } from '@patchbay/node-kit';
import * as z from 'zod';
import { showing, valueOn } from '../media/show.ts';
import { cacheField, instructionsField, modelField } from '../model-call/fields.ts';
import { writeAnswer } from '../model-call/write-answer.ts';

const tasks = {
  full: 'Describe the image of the user: what it shows, how it is arranged, colours, material, mood, and text that stands in it.',
  short: 'Say in one sentence what the image of the user shows.',
  alt: 'Write an alternative text for the image of the user, for people who cannot see it: at most 125 characters, without “image of”.',
  text: 'Write down the text that stands in the image of the user, word for word, in its order and lines. Add nothing.',
} as const;

export const describeImageNode = defineNode({
  type: 'describe_image',
  version: 1,
  category: 'media',
  icon: 'image',
  words: {
    title: { en: 'Describe an image', 'zh-Hans': '描述图片' },
    summary: {
      en: 'Says what an image shows, answers a question about it, or reads the text in it.',
      'zh-Hans': '说明图片内容，回答关于图片的问题，或识别其中的文字。',
    },
    synonyms: ['picture', 'photo', 'vision', 'OCR', 'caption', 'alt text', 'see', '看图', '照片', '识图', '图像识别', '文字识别', '配文'],
  },
  config: z.strictObject({
    model: modelField,
    question: field.longText({
      title: { en: 'Question', 'zh-Hans': '问题' },
      placeholder: { en: 'Empty: the image is described.', 'zh-Hans': '留空则描述图片。' },
    }),
    style: field.choice(
      {
        title: { en: 'Without a question', 'zh-Hans': '没有问题时' },
        options: [
          { value: 'full', title: { en: 'describe it in detail', 'zh-Hans': '详细描述' } },
          { value: 'short', title: { en: 'one sentence', 'zh-Hans': '一句话' } },
          { value: 'alt', title: { en: 'alternative text for a page', 'zh-Hans': '网页替代文本' } },
          { value: 'text', title: { en: 'the text in it, word for word', 'zh-Hans': '逐字识别图中文字' } },
        ],
      },
      'full',
    ),
    language: field.language({ title: { en: 'Language of the answer', 'zh-Hans': '回答语言' }, advanced: true }, 'auto'),
    instructions: instructionsField,
    cache: cacheField,
  }),
  ports: {
    inputs: [{ id: 'image', title: { en: 'Image', 'zh-Hans': '图片' }, type: 'image', required: true }],
    outputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', stream: true }],
  },
  essence: ({ question }) => question.split('\n')[0] ?? '',
  repeatable: true,
  examples: [
    {
      name: { en: 'A tiny image, with the demo model', 'zh-Hans': '演示模型描述小图片' },
      config: { model: 'demo/auto' },
      inputs: {
        image: {
          mediaType: 'image/png',
          base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
          name: 'dot.png',
        },
      },
      outputs: {
        text: 'This is an image (image/png), dot.png, 1 × 1 pixels, as wide as it is high.\n\nThe demo model cannot see: it only reads the size and the kind of a file.\n\n(Demo model: written by simple rules. Connect a provider for real answers.)',
      },
    },
  ],
  run({ config: { style, ...asked }, inputs }, ctx) {
    const task = asked.question.trim() === '' ? tasks[style] : 'Answer the question of the user about the image.';
    const otherwise = style === 'text' ? 'Read the text in this image.' : 'Describe this image.';
    return writeAnswer(ctx, async () => showing(await ctx.files.open(valueOn(inputs, 'image'), 'image'), { ...asked, task, otherwise }));
  },
});
