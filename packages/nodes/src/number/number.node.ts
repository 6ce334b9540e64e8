import { defineNode, type InputPort, type Json, type OutputPort, type Outputs, valueToText } from '@patchbay/node-kit';
import { calculate, round, signOf } from './calculate.ts';
import { isOfTwo, numberConfig } from './number-config.ts';
import { readNumber, writeNumber } from './write.ts';

const numberIn: InputPort = { id: 'number', title: { en: 'Number', 'zh-Hans': '数字' }, type: 'number', required: true };
const otherIn: InputPort = { id: 'other', title: { en: 'Second number', 'zh-Hans': '第二个数字' }, type: 'number', required: true };
const textIn: InputPort = { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true };
const numberOut: OutputPort = { id: 'number', title: { en: 'Number', 'zh-Hans': '数字' }, type: 'number' };
const textOut: OutputPort = { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' };

export const numberNode = defineNode({
  type: 'number',
  version: 1,
  category: 'data',
  icon: 'calculator',
  words: {
    title: { en: 'Number', 'zh-Hans': '数字' },
    summary: { en: 'Calculates, rounds, writes and reads numbers.', 'zh-Hans': '计算、取整、书写和读取数字。' },
    synonyms: ['math', 'add', 'calculate', 'round', 'currency', 'percent', 'format', '计算', '加减乘除', '四舍五入', '货币', '百分比'],
  },
  config: numberConfig,
  ports: ({ operation }) => ({
    inputs: operation === 'read' ? [textIn] : isOfTwo(operation) ? [numberIn, otherIn] : [numberIn],
    outputs: [operation === 'format' ? textOut : numberOut],
  }),
  essence: ({ operation, digits, style, currency }) => {
    if (isOfTwo(operation)) return signOf(operation);
    if (operation === 'format') return style === 'currency' ? currency : '';
    return operation === 'round' ? `≈ ${(0).toFixed(digits)}` : '';
  },
  repeatable: true,
  examples: [
    {
      name: { en: 'Add', 'zh-Hans': '相加' },
      config: {},
      inputs: { number: 0.1, other: 0.2 },
      outputs: { number: 0.3 },
    },
    {
      name: { en: 'Round to cents', 'zh-Hans': '保留两位小数' },
      config: { operation: 'round', digits: 2 },
      inputs: { number: 1.005 },
      outputs: { number: 1.01 },
    },
    {
      name: { en: 'A price in German', 'zh-Hans': '德语价格' },
      config: { operation: 'format', style: 'currency', currency: 'EUR', language: 'de' },
      inputs: { number: 1234.5 },
      outputs: { text: '1.234,50\u00a0€' },
    },
    {
      name: { en: 'Read a price', 'zh-Hans': '读取价格' },
      config: { operation: 'read', language: 'de' },
      inputs: { text: '1.234,50 €' },
      outputs: { number: 1234.5 },
    },
  ],
  run({ config, inputs }): Outputs {
    const { operation } = config;
    if (operation === 'read') return { number: readNumber(valueToText(inputs['text'] as Json), config.language) };
    const number = inputs['number'] as number;
    if (isOfTwo(operation)) return { number: calculate(operation, number, inputs['other'] as number) };
    if (operation === 'round') return { number: round(number, config.digits, config.direction) };
    return operation === 'absolute' ? { number: Math.abs(number) } : { text: writeNumber(number, config) };
  },
});
