import { createMasker, type Kind, type Masker, maskAtOnce, maskInTurns } from '@patchbay/guard';
import {
  chunksOf,
  defineNode,
  field,
  type InputPort,
  isTextStream,
  type OutputPort,
  type Outputs,
  type PortChunk,
  type TextStream,
  type Words,
} from '@patchbay/node-kit';
import * as z from 'zod';
import { secretsOf } from './secrets-of.ts';

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
      help: {
        en: 'What is to be restored leaves as hidden values; the step Unmask puts them back into the answer.',
        'zh-Hans': '可还原的内容从“隐藏的值”输出，“还原”步骤会把它们放回回答中。',
      },
      options: [
        { value: 'label', title: { en: 'what it was: [EMAIL]', 'zh-Hans': '类型标记：[EMAIL]' } },
        { value: 'numbered', title: { en: 'a label to be restored: [EMAIL_1]', 'zh-Hans': '可还原的标记：[EMAIL_1]' } },
        { value: 'stars', title: { en: 'five stars: *****', 'zh-Hans': '五个星号：*****' } },
        { value: 'remove', title: { en: 'nothing', 'zh-Hans': '直接删除' } },
      ],
    },
    'label',
  ),
});
type Config = z.output<typeof config>;

const kindsOf = (settings: Config): Kind[] => (Object.keys(kindTitles) as Kind[]).filter((kind) => settings[kind]);

const knownPort: InputPort = { id: 'known', title: { en: 'Hidden before', 'zh-Hans': '此前隐藏的值' }, type: 'data', required: false };
const secretsPort: OutputPort = { id: 'secrets', title: { en: 'Hidden values', 'zh-Hans': '隐藏的值' }, type: 'data' };

export const maskNode = defineNode({
  type: 'mask',
  version: 1,
  category: 'safety',
  icon: 'eye-off',
  words: {
    title: { en: 'Mask', 'zh-Hans': '脱敏' },
    summary: {
      en: 'Hides mail addresses, phone numbers, cards and other personal data in a text, in streams too. Files are not looked through.',
      'zh-Hans': '隐藏文本中的邮箱、电话、银行卡等个人信息，流式文本同样适用。不检查文件内容。',
    },
    synonyms: ['PII', 'privacy', 'redact', 'anonymise', 'GDPR', 'hide', '隐私', '匿名', '打码', '个人信息', '遮盖'],
  },
  config,
  ports: ({ style }) => ({
    inputs: [
      { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true, stream: true },
      ...(style === 'numbered' ? [knownPort] : []),
    ],
    outputs: [
      { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', stream: true },
      ...(style === 'numbered' ? [secretsPort] : []),
    ],
  }),
  essence: (settings) =>
    kindsOf(settings)
      .map((kind) => `[${kind.toUpperCase()}]`)
      .join(' '),
  repeatable: true,
  hides: true,
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
    {
      name: { en: 'To be restored', 'zh-Hans': '可还原' },
      config: { style: 'numbered' },
      inputs: { text: 'ada@example.com wrote to bob@example.com; ada@example.com waits.' },
      outputs: {
        text: '[EMAIL_1] wrote to [EMAIL_2]; [EMAIL_1] waits.',
        secrets: { '[EMAIL_1]': 'ada@example.com', '[EMAIL_2]': 'bob@example.com' },
      },
    },
  ],
  run({ config: settings, inputs }, ctx) {
    const { style } = settings;
    const masker = createMasker({ kinds: kindsOf(settings), style, known: style === 'numbered' ? secretsOf(inputs['known']) : undefined });
    const more = (): Outputs => (style === 'numbered' ? { secrets: { ...masker.secrets() } } : {});
    const text = inputs['text'];
    if (isTextStream(text)) return maskStream(text, masker, more);
    const whole = typeof text === 'string' ? text : '';
    if (whole.length > maskAtOnce) return maskInTurns(whole, masker, () => ctx.turn()).then((shown) => ({ text: shown, ...more() }));
    return { text: masker.push(whole) + masker.end(), ...more() };
  },
});

/** Holds back only what may still become personal data, so that nothing that spans two chunks is shown. */
async function* maskStream(text: TextStream, masker: Masker, more: () => Outputs): AsyncGenerator<PortChunk, Outputs> {
  for await (const chunk of chunksOf(text)) {
    const shown = masker.push(chunk);
    if (shown !== '') yield { port: 'text', text: shown };
  }
  const rest = masker.end();
  if (rest !== '') yield { port: 'text', text: rest };
  return more();
}
