import { createRestorer, restoreText, type Secrets } from '@patchbay/guard';
import { chunksOf, defineNode, isTextStream, type Outputs, type PortChunk, type TextStream } from '@patchbay/node-kit';
import * as z from 'zod';
import { secretsOf } from '../mask/secrets-of.ts';

export const unmaskNode = defineNode({
  type: 'unmask',
  version: 1,
  category: 'safety',
  icon: 'eye',
  words: {
    title: { en: 'Unmask', 'zh-Hans': '还原' },
    summary: {
      en: 'Puts the values that Mask has hidden back into a text, in streams too.',
      'zh-Hans': '把“脱敏”隐藏的值放回文本，流式文本同样适用。',
    },
    synonyms: ['restore', 'PII', 'privacy', 'reveal', 'de-anonymise', '恢复', '隐私', '复原', '去脱敏'],
  },
  config: z.strictObject({}),
  ports: {
    inputs: [
      { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true, stream: true },
      { id: 'secrets', title: { en: 'Hidden values', 'zh-Hans': '隐藏的值' }, type: 'data', required: true },
    ],
    outputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', stream: true }],
  },
  repeatable: true,
  examples: [
    {
      name: { en: 'An answer with labels', 'zh-Hans': '带标记的回答' },
      config: {},
      inputs: { text: 'We have written to [EMAIL_1].', secrets: { '[EMAIL_1]': 'ada@example.com' } },
      outputs: { text: 'We have written to ada@example.com.' },
    },
  ],
  run({ inputs }) {
    const secrets = secretsOf(inputs['secrets']);
    const text = inputs['text'];
    if (isTextStream(text)) return restoreStream(text, secrets);
    return { text: restoreText(typeof text === 'string' ? text : '', secrets) };
  },
});

/** Holds back only what may still become a label. */
async function* restoreStream(text: TextStream, secrets: Secrets): AsyncGenerator<PortChunk, Outputs> {
  const restorer = createRestorer(secrets);
  for await (const chunk of chunksOf(text)) {
    const shown = restorer.push(chunk);
    if (shown !== '') yield { port: 'text', text: shown };
  }
  const rest = restorer.end();
  if (rest !== '') yield { port: 'text', text: rest };
  return {};
}
