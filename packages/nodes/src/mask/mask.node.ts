import { createMasker, type Kind, type MaskOptions, maskText } from '@patchbay/guard';
import { chunksOf, defineNode, field, isTextStream, type Outputs, type PortChunk, type TextStream, type Words } from '@patchbay/node-kit';
import * as z from 'zod';

const kindTitles: Record<Kind, Words> = {
  email: { en: 'E-mail addresses', 'zh-Hans': '邮箱地址' },
  phone: { en: 'Phone numbers', 'zh-Hans': '电话号码' },
  card: { en: 'Payment cards', 'zh-Hans': '银行卡号' },
  id: { en: 'Identity numbers', 'zh-Hans': '身份证号' },
  iban: { en: 'Bank accounts (IBAN)', 'zh-Hans': '银行账号（IBAN）' },
  ip: { en: 'IP addresses', 'zh-Hans': 'IP 地址' },
  key: { en: 'API keys', 'zh-Hans': 'API 密钥' },
};
const toggle = (kind: Kind) => field.toggle({ title: kindTitles[kind] }, true);

const config = z.strictObject({
  email: toggle('email'),
  phone: toggle('phone'),
  card: toggle('card'),
  id: toggle('id'),
  iban: toggle('iban'),
  ip: toggle('ip'),
  key: toggle('key'),
  style: field.choice(
    {
      title: { en: 'Put in its place', 'zh-Hans': '替换为' },
      options: [
        { value: 'label', title: { en: 'what it was: [EMAIL]', 'zh-Hans': '类型标记：[EMAIL]' } },
        { value: 'stars', title: { en: 'five stars: *****', 'zh-Hans': '五个星号：*****' } },
        { value: 'remove', title: { en: 'nothing', 'zh-Hans': '直接删除' } },
      ],
    },
    'label',
  ),
});
type Config = z.output<typeof config>;

const kindsOf = (settings: Config): Kind[] => (Object.keys(kindTitles) as Kind[]).filter((kind) => settings[kind]);

export const maskNode = defineNode({
  type: 'mask',
  version: 1,
  category: 'safety',
  icon: 'eye-off',
  words: {
    title: { en: 'Mask', 'zh-Hans': '脱敏' },
    summary: {
      en: 'Hides mail addresses, phone numbers, cards and other personal data, in streams too.',
      'zh-Hans': '隐藏文本中的邮箱、电话、银行卡等个人信息，流式文本同样适用。',
    },
    synonyms: ['PII', 'privacy', 'redact', 'anonymise', 'GDPR', 'hide', '隐私', '匿名', '打码', '个人信息', '遮盖'],
  },
  config,
  ports: {
    inputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true, stream: true }],
    outputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', stream: true }],
  },
  essence: (settings) =>
    kindsOf(settings)
      .map((kind) => `[${kind.toUpperCase()}]`)
      .join(' '),
  repeatable: true,
  examples: [
    {
      name: { en: 'A message with an address', 'zh-Hans': '含有联系方式的消息' },
      config: {},
      inputs: { text: 'Write to ada@example.com or call +1 415 555 2671.' },
      outputs: { text: 'Write to [EMAIL] or call [PHONE].' },
    },
    {
      name: { en: 'Only cards, as stars', 'zh-Hans': '仅银行卡，替换为星号' },
      config: { email: false, phone: false, id: false, iban: false, ip: false, key: false, style: 'stars' },
      inputs: { text: 'ada@example.com paid with 4111 1111 1111 1111.' },
      outputs: { text: 'ada@example.com paid with *****.' },
    },
  ],
  run({ config: settings, inputs }) {
    const options: MaskOptions = { kinds: kindsOf(settings), style: settings.style };
    const text = inputs['text'];
    if (isTextStream(text)) return maskStream(text, options);
    return { text: maskText(typeof text === 'string' ? text : '', options) };
  },
});

/** Holds back only what may still become personal data, so that nothing that spans two chunks is shown. */
async function* maskStream(text: TextStream, options: MaskOptions): AsyncGenerator<PortChunk, Outputs> {
  const masker = createMasker(options);
  for await (const chunk of chunksOf(text)) {
    const shown = masker.push(chunk);
    if (shown !== '') yield { port: 'text', text: shown };
  }
  const rest = masker.end();
  if (rest !== '') yield { port: 'text', text: rest };
  return {};
}
