import { defineNode, field } from '@patchbay/node-kit';
import * as z from 'zod';

export const noteNode = defineNode({
  type: 'note',
  version: 1,
  category: 'note',
  icon: 'sticky-note',
  role: 'annotation',
  words: {
    title: { en: 'Note', 'zh-Hans': '便签' },
    summary: { en: 'Words for whoever reads the flow. It never runs.', 'zh-Hans': '写给阅读流程的人，不参与运行。' },
    synonyms: ['comment', 'sticky', 'remark', 'documentation', '备注', '注释', '说明'],
  },
  config: z.strictObject({
    text: field.longText({
      title: { en: 'Text', 'zh-Hans': '内容' },
      chips: false,
      placeholder: { en: 'Markdown works here.', 'zh-Hans': '支持 Markdown。' },
    }),
  }),
  ports: { inputs: [], outputs: [] },
  essence: ({ text }) => text.split('\n', 1)[0] ?? '',
  repeatable: true,
  examples: [
    {
      name: { en: 'A reminder', 'zh-Hans': '提醒' },
      config: { text: 'Ask the support team before changing the tone.' },
      inputs: {},
      outputs: {},
    },
  ],
  run: () => ({}),
});
