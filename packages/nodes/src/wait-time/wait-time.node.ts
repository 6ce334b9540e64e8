import { defineNode, field, type Json } from '@patchbay/node-kit';
import * as z from 'zod';

const unitMs = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
type Unit = keyof typeof unitMs;
const units: { value: Unit; title: { en: string; 'zh-Hans': string } }[] = [
  { value: 'seconds', title: { en: 'seconds', 'zh-Hans': '秒' } },
  { value: 'minutes', title: { en: 'minutes', 'zh-Hans': '分钟' } },
  { value: 'hours', title: { en: 'hours', 'zh-Hans': '小时' } },
  { value: 'days', title: { en: 'days', 'zh-Hans': '天' } },
];

export const waitTimeNode = defineNode({
  type: 'wait_time',
  version: 1,
  category: 'logic',
  icon: 'hourglass',
  waits: true,
  words: {
    title: { en: 'Wait a while', 'zh-Hans': '等待一段时间' },
    summary: {
      en: 'Hands its value on when the time has passed; the run takes nothing meanwhile and survives a restart.',
      'zh-Hans': '经过设定的时间后再传出值；等待期间不占用资源，重启后仍会继续。',
    },
    synonyms: ['delay', 'sleep', 'pause', 'timer', 'later', '延迟', '定时', '暂停', '稍后'],
  },
  config: z.strictObject({
    amount: field.number({ title: { en: 'How long', 'zh-Hans': '时长' }, min: 0, max: 10_000 }, 1),
    unit: field.choice({ title: { en: 'Unit', 'zh-Hans': '单位' }, options: units }, 'minutes'),
  }),
  ports: {
    inputs: [{ id: 'value', title: { en: 'Value', 'zh-Hans': '值' }, type: 'any', required: true }],
    outputs: [{ id: 'value', title: { en: 'Value', 'zh-Hans': '值' }, type: 'any' }],
  },
  essence: ({ amount, unit }, locale) => `${amount} ${units.find(({ value }) => value === unit)?.title[locale]}`,
  repeatable: true,
  examples: [
    {
      name: { en: 'An hour later', 'zh-Hans': '一小时后' },
      config: { amount: 1, unit: 'hours' },
      inputs: { value: 'Remember the invoice' },
      outputs: { value: 'Remember the invoice' },
    },
  ],
  async run({ config: { amount, unit }, inputs }, ctx) {
    await ctx.wait({ kind: 'time', until: ctx.now() + amount * unitMs[unit] });
    return { value: inputs['value'] as Json };
  },
});
