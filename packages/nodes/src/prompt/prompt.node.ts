import { defineNode, field } from '@patchbay/node-kit';
import * as z from 'zod';

export const promptNode = defineNode({
  type: 'prompt',
  version: 1,
  category: 'text',
  icon: 'text-quote',
  words: {
    title: { en: 'Prompt', 'zh-Hans': '提示词' },
    summary: { en: 'A text with values in it, ready for a model.', 'zh-Hans': '嵌入变量的文本，可交给模型。' },
    synonyms: ['template', 'instruction', 'message', '模板', '指令'],
  },
  config: z.strictObject({
    template: field.longText({
      title: { en: 'Prompt', 'zh-Hans': '提示词' },
      placeholder: { en: 'Write what the model should do. Type {{ to insert a value.', 'zh-Hans': '写下模型要做的事。输入 {{ 插入变量。' },
    }),
  }),
  ports: { inputs: [], outputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' }] },
  essence: (config) => config.template.split('\n', 1)[0] ?? '',
  repeatable: true,
  examples: [
    {
      name: { en: 'A greeting', 'zh-Hans': '问候' },
      config: { template: 'Say hello to {{name}}.' },
      inputs: { name: 'Ada' },
      outputs: { text: 'Say hello to Ada.' },
    },
  ],
  run: ({ config }) => ({ text: config.template }),
});
