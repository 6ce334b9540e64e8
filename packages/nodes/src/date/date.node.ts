import { defineNode, type InputPort, type Json, type OutputPort, type Outputs, valueToText } from '@patchbay/node-kit';
import { type DateConfig, dateConfig, units } from './date-config.ts';
import { inRange, type Moment, readMoment, writeMoment } from './moment.ts';
import { readPattern } from './pattern.ts';
import { add, difference, startOf } from './units.ts';
import { partsOf, writeDate } from './write.ts';

const dateIn: InputPort = { id: 'date', title: { en: 'Date', 'zh-Hans': '日期' }, type: 'text', required: true };
const untilIn: InputPort = { id: 'until', title: { en: 'Until', 'zh-Hans': '到' }, type: 'text', required: true };
const amountIn: InputPort = { id: 'amount', title: { en: 'How much', 'zh-Hans': '数量' }, type: 'number', required: false, default: 1 };
const dateOut: OutputPort = { id: 'date', title: { en: 'Date', 'zh-Hans': '日期' }, type: 'text' };

const inputs: Record<DateConfig['operation'], InputPort[]> = {
  now: [],
  read: [dateIn],
  add: [dateIn, amountIn],
  difference: [dateIn, untilIn],
  start: [dateIn],
  parts: [dateIn],
  write: [dateIn],
};
const numberOut: OutputPort = { id: 'number', title: { en: 'Number', 'zh-Hans': '数字' }, type: 'number' };
const partsOut: OutputPort = { id: 'parts', title: { en: 'Parts', 'zh-Hans': '各部分' }, type: 'data' };
const textOut: OutputPort = { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' };
const outputs: Partial<Record<DateConfig['operation'], OutputPort>> = { difference: numberOut, parts: partsOut, write: textOut };

export const dateNode = defineNode({
  type: 'date',
  version: 1,
  category: 'data',
  icon: 'calendar',
  words: {
    title: { en: 'Date', 'zh-Hans': '日期' },
    summary: { en: 'Reads, calculates and writes dates and times.', 'zh-Hans': '读取、计算和书写日期与时间。' },
    synonyms: ['time', 'now', 'today', 'deadline', 'days between', 'time zone', '时间', '今天', '现在', '时区', '相差天数'],
  },
  config: dateConfig,
  ports: ({ operation }) => ({ inputs: inputs[operation], outputs: [outputs[operation] ?? dateOut] }),
  essence: ({ operation, unit, form, style, zone }, locale) => {
    if (operation === 'add' || operation === 'difference') return units.find(({ value }) => value === unit)?.title[locale] ?? '';
    return operation === 'write' && style === 'own' ? form : zone;
  },
  repeatable: true,
  examples: [
    {
      name: { en: 'The date of a mail, in Shanghai', 'zh-Hans': '邮件日期（上海时间）' },
      config: { operation: 'read', zone: 'Asia/Shanghai' },
      inputs: { date: 'Tue, 24 Nov 2026 20:18:45 +0000' },
      outputs: { date: '2026-11-25T04:18:45+08:00' },
    },
    {
      name: { en: 'A month later', 'zh-Hans': '一个月后' },
      config: { operation: 'add', unit: 'months' },
      inputs: { date: '2026-01-31' },
      outputs: { date: '2026-02-28' },
    },
    {
      name: { en: 'Days until a deadline', 'zh-Hans': '距截止日的天数' },
      config: { operation: 'difference' },
      inputs: { date: '2026-03-01', until: '2026-12-24' },
      outputs: { number: 298 },
    },
    {
      name: { en: 'In German', 'zh-Hans': '德语写法' },
      config: { operation: 'write', style: 'long', language: 'de', zone: 'Europe/Zurich' },
      inputs: { date: '2026-03-01T23:30:00Z' },
      outputs: { text: 'Montag, 2. März 2026' },
    },
  ],
  run({ config, inputs: given }, ctx): Outputs {
    const { operation, unit, zone } = config;
    if (operation === 'now') return { date: writeMoment({ epoch: ctx.now(), dateOnly: false }, zone) };
    const moment = read(given['date'] as Json, config);
    switch (operation) {
      case 'read':
        return { date: writeMoment(moment, zone) };
      case 'add':
        return { date: writeMoment(add(moment, given['amount'] as number, unit, zone), zone) };
      case 'difference':
        return { number: difference(moment, read(given['until'] as Json, config), unit, zone) };
      case 'start':
        return { date: writeMoment(startOf(moment, config.period, zone), zone) };
      case 'parts':
        return { parts: partsOf(moment, zone) };
      case 'write':
        return { text: writeDate(moment, config) };
    }
  },
});

function read(value: Json, { operation, pattern, zone }: DateConfig): Moment {
  const text = valueToText(value);
  return inRange(operation === 'read' && pattern !== '' ? readPattern(text, pattern, zone) : readMoment(text, zone));
}
