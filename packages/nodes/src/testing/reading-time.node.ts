import { defineNode, field, textOf } from '@patchbay/node-kit';
import * as z from 'zod';

export const readingTimeNode = defineNode({
  type: 'reading_time',
  version: 1,
  category: 'text',
  icon: 'type',
  words: {
    title: { en: 'Reading time', 'zh-Hans': '阅读时间' },
    summary: { en: 'Says how long a text takes to read.', 'zh-Hans': '估算阅读一段文本所需的时间。' },
    synonyms: ['minutes', 'words', 'length', '分钟', '字数'],
  },
  config: z.strictObject({
    label: field.text({
      title: { en: 'Before the minutes', 'zh-Hans': '分钟数之前' },
      placeholder: { en: 'For {{reader}}:', 'zh-Hans': '{{reader}}：' },
    }),
    speed: field.number({ title: { en: 'Words per minute', 'zh-Hans': '每分钟词数' }, min: 50, max: 1000, advanced: true }, 200),
  }),
  ports: {
    inputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true }],
    outputs: [
      { id: 'minutes', title: { en: 'Minutes', 'zh-Hans': '分钟' }, type: 'number' },
      { id: 'line', title: { en: 'Line', 'zh-Hans': '一行文字' }, type: 'text' },
    ],
  },
  essence: ({ speed }) => `${speed}/min`,
  repeatable: true,
  examples: [
    {
      name: { en: 'A short note', 'zh-Hans': '一张便条' },
      config: { label: 'For {{reader}}:' },
      inputs: { text: 'Meet me at noon.', reader: 'Ada' },
      outputs: { minutes: 1, line: 'For Ada: 1 min' },
    },
  ],
  async run({ config, inputs }) {
    const words = (await textOf(inputs['text'])).split(/\s+/).filter((word) => word !== '');
    const minutes = Math.max(1, Math.ceil(words.length / config.speed));
    return { minutes, line: `${config.label} ${minutes} min`.trim() };
  },
});
