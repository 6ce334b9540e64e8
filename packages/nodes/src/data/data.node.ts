import {
  defineNode,
  type InputPort,
  isRecord,
  type Json,
  type Locale,
  type OutputPort,
  type Outputs,
  StepError,
  valueToText,
} from '@patchbay/node-kit';
import { findMisfits } from '../json-schema/find-misfits.ts';
import { describeMisfit, placeOf, pointerOf } from '../json-schema/misfit.ts';
import { readPath } from '../read-path.ts';
import { type DataConfig, dataConfig } from './data-config.ts';
import { findJson } from './find-json.ts';

const dataIn: InputPort = { id: 'data', title: { en: 'Data', 'zh-Hans': '数据' }, type: 'data', required: true };
const otherIn: InputPort = { id: 'other', title: { en: 'Second data', 'zh-Hans': '第二份数据' }, type: 'data', required: true };
const textIn: InputPort = { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true };
const inputs: Record<DataConfig['operation'], InputPort[]> = {
  pick: [dataIn],
  shape: [],
  merge: [dataIn, otherIn],
  check: [dataIn],
  read: [textIn],
  write: [dataIn],
};

const dataOut: OutputPort = { id: 'data', title: { en: 'Data', 'zh-Hans': '数据' }, type: 'data' };
const outputs: Record<DataConfig['operation'], OutputPort[]> = {
  pick: [{ ...dataOut, type: 'any' }],
  shape: [dataOut],
  merge: [dataOut],
  check: [
    { id: 'fits', title: { en: 'Fits', 'zh-Hans': '符合' }, type: 'data', way: 'one' },
    { id: 'misfit', title: { en: 'Does not fit', 'zh-Hans': '不符合' }, type: 'data', way: 'one' },
    { id: 'misfits', title: { en: 'What is wrong', 'zh-Hans': '问题列表' }, type: 'data[]' },
  ],
  read: [dataOut],
  write: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' }],
};

export const dataNode = defineNode({
  type: 'data',
  version: 1,
  category: 'data',
  icon: 'braces',
  words: {
    title: { en: 'Data', 'zh-Hans': '数据' },
    summary: {
      en: 'Picks from data, builds, merges, checks, reads and writes it.',
      'zh-Hans': '对数据进行取值、构造、合并、检查、读取和书写。',
    },
    synonyms: [
      'JSON',
      'object',
      'schema',
      'validate',
      'merge',
      'parse',
      'pick',
      'map',
      'reshape',
      'path',
      'get',
      '字段',
      '取值',
      '对象',
      '映射',
      '校验',
      '合并',
      '解析',
    ],
  },
  config: dataConfig,
  ports: ({ operation }) => ({ inputs: inputs[operation], outputs: outputs[operation] }),
  check: ({ operation, schema }) => (operation === 'check' && schema === undefined ? [{ code: 'text_missing', path: ['schema'] }] : []),
  essence: ({ operation, path, shape }) => (operation === 'pick' ? path : operation === 'shape' ? JSON.stringify(shape).slice(0, 120) : ''),
  repeatable: true,
  examples: [
    {
      name: { en: 'Pick the first item', 'zh-Hans': '取第一项' },
      config: { path: 'items[0].name' },
      inputs: { data: { items: [{ name: 'Lamp' }, { name: 'Chair' }] } },
      outputs: { data: 'Lamp' },
    },
    {
      name: { en: 'Build a ticket', 'zh-Hans': '构造工单' },
      config: { operation: 'shape', shape: { title: 'From {{person.name}}', person: '{{person}}', open: true } },
      inputs: { person: { name: 'Ada', age: 36 } },
      outputs: { data: { title: 'From Ada', person: { name: 'Ada', age: 36 }, open: true } },
    },
    {
      name: { en: 'An order that lacks its number', 'zh-Hans': '缺少编号的订单' },
      config: { operation: 'check', schema: { required: ['id'], properties: { total: { type: 'number' } } } },
      inputs: { data: { total: '12' } },
      outputs: {
        misfit: { total: '12' },
        misfits: [
          { place: '', pointer: '', message: 'The field “id” is missing.' },
          { place: 'total', pointer: '/total', message: 'This must be: number.' },
        ],
      },
    },
    {
      name: { en: 'JSON in an answer', 'zh-Hans': '回答中的 JSON' },
      config: { operation: 'read' },
      inputs: { text: 'Here you are:\n```json\n{"mood": "calm"}\n```' },
      outputs: { data: { mood: 'calm' } },
    },
    {
      name: { en: 'Put together', 'zh-Hans': '合并' },
      config: { operation: 'merge' },
      inputs: { data: { name: 'Ada', city: 'London' }, other: { city: 'Turin' } },
      outputs: { data: { name: 'Ada', city: 'Turin' } },
    },
  ],
  run({ config: settings, inputs: given }, ctx): Outputs {
    const data = (given['data'] ?? null) as Json;
    switch (settings.operation) {
      case 'shape':
        return { data: settings.shape };
      case 'pick':
        return { data: pick(data, settings) };
      case 'merge':
        return { data: { ...recordOf(data, 'data'), ...recordOf(given['other'] as Json, 'other') } };
      case 'check':
        return checkData(data, settings.schema ?? {}, ctx.locale);
      case 'read':
        return { data: findJson(valueToText(given['text'] as Json)) };
      case 'write':
        return { text: JSON.stringify(data, null, settings.lines ? 2 : 0) };
    }
  },
});

function pick(data: Json, { path, missing }: DataConfig): Json {
  const value = readPath(data, path);
  if (value === undefined && missing === 'fail') throw new StepError('invalid_input', 'place_missing', { path });
  return value ?? null;
}

function recordOf(value: Json, port: string): Record<string, Json> {
  if (!isRecord(value)) throw new StepError('invalid_input', 'not_a_record', { port });
  return value as Record<string, Json>;
}

function checkData(data: Json, schema: Json, locale: Locale): Outputs {
  const misfits = findMisfits(schema, data).map((misfit) => ({
    place: placeOf(misfit.path),
    pointer: pointerOf(misfit.path),
    message: describeMisfit(misfit, locale),
  }));
  return misfits.length === 0 ? { fits: data, misfits } : { misfit: data, misfits };
}
