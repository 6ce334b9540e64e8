import { defineNode, field, StepError, textOf } from '@patchbay/node-kit';
import * as z from 'zod';
import { able } from '../media/capability.ts';
import { fileName } from '../media/file-name.ts';
import { valueOn } from '../media/show.ts';

const sizes = { auto: undefined, square: '1024x1024', wide: '1536x1024', high: '1024x1536' } as const;

export const makeImageNode = defineNode({
  type: 'make_image',
  version: 1,
  category: 'media',
  icon: 'image-plus',
  words: {
    title: { en: 'Make an image', 'zh-Hans': '生成图片' },
    summary: {
      en: 'Makes images from words, or changes an image as the words say.',
      'zh-Hans': '根据文字生成图片，或按文字修改图片。',
    },
    synonyms: [
      'draw',
      'paint',
      'picture',
      'illustration',
      'generate',
      'DALL-E',
      'edit',
      '画图',
      '绘图',
      '插画',
      '文生图',
      '图生图',
      '作画',
    ],
  },
  config: z.strictObject({
    model: field.model({
      title: { en: 'Model', 'zh-Hans': '模型' },
      help: { en: 'Automatic: the first connection that makes images.', 'zh-Hans': '自动：第一个能生成图片的连接。' },
    }),
    size: field.choice(
      {
        title: { en: 'Shape', 'zh-Hans': '画幅' },
        options: [
          { value: 'auto', title: { en: 'as the model likes', 'zh-Hans': '由模型决定' } },
          { value: 'square', title: { en: 'square', 'zh-Hans': '方形' } },
          { value: 'wide', title: { en: 'wide', 'zh-Hans': '横向' } },
          { value: 'high', title: { en: 'high', 'zh-Hans': '纵向' } },
        ],
      },
      'auto',
    ),
    count: field.number({ title: { en: 'How many', 'zh-Hans': '数量' }, min: 1, max: 4, advanced: true }, 1),
    style: field.longText({
      title: { en: 'Style', 'zh-Hans': '风格' },
      placeholder: { en: 'Watercolour, soft light …', 'zh-Hans': '水彩，柔和光线……' },
      advanced: true,
    }),
  }),
  ports: {
    inputs: [
      { id: 'prompt', title: { en: 'What it shows', 'zh-Hans': '画面内容' }, type: 'text', required: true },
      { id: 'image', title: { en: 'Image to change', 'zh-Hans': '要修改的图片' }, type: 'image', required: false },
    ],
    outputs: [
      { id: 'image', title: { en: 'Image', 'zh-Hans': '图片' }, type: 'image' },
      { id: 'images', title: { en: 'All images', 'zh-Hans': '全部图片' }, type: 'image[]' },
    ],
  },
  repeatable: true,
  examples: [
    {
      name: { en: 'A tile pattern of the demo model', 'zh-Hans': '演示模型的图案' },
      config: { model: 'demo/auto' },
      inputs: { prompt: 'A red chair' },
      outputs: {
        image: { file: 'file_00000000000000000000000000', mediaType: 'image/png', name: 'image.png' },
        images: [{ file: 'file_00000000000000000000000000', mediaType: 'image/png', name: 'image.png' }],
      },
    },
  ],
  async run({ config: { model, size, count, style }, inputs }, ctx) {
    const prompt = [await textOf(inputs['prompt']), style].filter((part) => part.trim() !== '').join('\n\n');
    if (prompt === '') throw new StepError('invalid_input', 'nothing_to_draw');
    const given = valueOn(inputs, 'image');
    const images = given === null ? undefined : [await ctx.files.open(given, 'image')];
    const asked = { model, prompt, count: Math.round(count), size: sizes[size], images };
    const made = await able(ctx.models.image, 'image', model)(asked);
    const kept = await Promise.all(
      made.images.map((part, index) =>
        ctx.files.save({ ...part, name: fileName(index === 0 ? 'image' : `image-${index + 1}`, part.mediaType) }),
      ),
    );
    const [first] = kept;
    if (first === undefined) throw new StepError('bad_output', 'no_image_made');
    return { image: first, images: kept };
  },
});
