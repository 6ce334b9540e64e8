import { field } from '@patchbay/node-kit';
import * as z from 'zod';

const operations = [
  { value: 'add', title: { en: 'Add', 'zh-Hans': '加' } },
  { value: 'subtract', title: { en: 'Subtract', 'zh-Hans': '减' } },
  { value: 'multiply', title: { en: 'Multiply', 'zh-Hans': '乘' } },
  { value: 'divide', title: { en: 'Divide', 'zh-Hans': '除' } },
  { value: 'remainder', title: { en: 'Remainder', 'zh-Hans': '取余' } },
  { value: 'power', title: { en: 'Power', 'zh-Hans': '乘方' } },
  { value: 'smaller', title: { en: 'The smaller of two', 'zh-Hans': '较小者' } },
  { value: 'larger', title: { en: 'The larger of two', 'zh-Hans': '较大者' } },
  { value: 'round', title: { en: 'Round', 'zh-Hans': '取整' } },
  { value: 'absolute', title: { en: 'Without its sign', 'zh-Hans': '绝对值' } },
  { value: 'format', title: { en: 'Write as text', 'zh-Hans': '写为文本' } },
  { value: 'read', title: { en: 'Read from text', 'zh-Hans': '从文本读取' } },
] as const;
type Operation = (typeof operations)[number]['value'];

/** Operations of two numbers. */
const ofTwo = ['add', 'subtract', 'multiply', 'divide', 'remainder', 'power', 'smaller', 'larger'] as const;
export type OfTwo = (typeof ofTwo)[number];
export const isOfTwo = (operation: Operation): operation is OfTwo => (ofTwo as readonly Operation[]).includes(operation);

export const numberConfig = z.strictObject({
  operation: field.choice({ title: { en: 'What to do', 'zh-Hans': '操作' }, options: operations.map((item) => ({ ...item })) }, 'add'),
  direction: field.choice(
    {
      title: { en: 'Direction', 'zh-Hans': '方向' },
      options: [
        { value: 'nearest', title: { en: 'to the nearest', 'zh-Hans': '四舍五入' } },
        { value: 'down', title: { en: 'down', 'zh-Hans': '向下' } },
        { value: 'up', title: { en: 'up', 'zh-Hans': '向上' } },
      ],
      showIf: { field: 'operation', in: ['round'] },
    },
    'nearest',
  ),
  digits: field.number(
    {
      title: { en: 'Digits after the point', 'zh-Hans': '小数位数' },
      min: 0,
      max: 12,
      showIf: { field: 'operation', in: ['round'] },
    },
    0,
  ),
  style: field.choice(
    {
      title: { en: 'Written as', 'zh-Hans': '写法' },
      options: [
        { value: 'plain', title: { en: 'a number', 'zh-Hans': '数字' } },
        { value: 'percent', title: { en: 'per cent (0.5 is 50%)', 'zh-Hans': '百分比（0.5 即 50%）' } },
        { value: 'currency', title: { en: 'money', 'zh-Hans': '金额' } },
        { value: 'short', title: { en: 'short (1.2K)', 'zh-Hans': '简写（1.2万）' } },
      ],
      showIf: { field: 'operation', in: ['format'] },
    },
    'plain',
  ),
  currency: field.plain(
    {
      title: { en: 'Currency', 'zh-Hans': '货币' },
      help: { en: 'Its three letters, such as EUR.', 'zh-Hans': '三个字母的代码，例如 CNY。' },
      showIf: { field: 'style', in: ['currency'] },
    },
    'USD',
  ),
  places: field.optionalNumber({
    title: { en: 'Digits after the point', 'zh-Hans': '小数位数' },
    help: { en: 'Empty: as many as are usual.', 'zh-Hans': '留空则按惯例。' },
    min: 0,
    max: 12,
    showIf: { field: 'operation', in: ['format'] },
  }),
  language: field.language(
    {
      title: { en: 'As in', 'zh-Hans': '按此语言' },
      help: {
        en: 'Which sign is the decimal point, and how thousands are set apart.',
        'zh-Hans': '决定小数点和千位分隔的写法。',
      },
      showIf: { field: 'operation', in: ['format', 'read'] },
    },
    'en',
  ),
});
export type NumberConfig = z.output<typeof numberConfig>;
