import { expect, test } from 'vitest';
import { describeNode } from './describe-node.ts';
import { labelText, typeWords } from './label.ts';
import { flowOf, sampleCatalogue, sampleNodes } from './testing/sample-catalogue.ts';
import { upgradeNodes } from './upgrade.ts';

const describe = (type: string, locale: 'en' | 'zh-Hans' = 'en') => {
  const definition = sampleNodes[type];
  if (definition === undefined) throw new Error(type);
  return describeNode(definition, locale);
};

test('a node type describes itself from its one definition', () => {
  expect(describe('model')).toMatchObject({
    type: 'model',
    version: 3,
    title: 'Model',
    inputs: [{ id: 'prompt', title: 'Prompt', type: 'text', typeName: 'text', required: true, stream: false }],
    outputs: [{ id: 'text', stream: true }],
    fields: [
      { path: 'model', title: 'Model', widget: 'model', default: 'auto', chips: false },
      { path: 'temperature', widget: 'number', default: null },
    ],
  });
  expect(describe('model', 'zh-Hans')).toMatchObject({ title: 'Model（中）', inputs: [{ title: '提示词', typeName: '文本' }] });
});

test('fields inside lists are named by their place', () => {
  expect(describe('branch').fields.map((field) => field.path)).toEqual(['ways', 'ways[].id', 'ways[].title']);
});

test('types and labels have words in both languages', () => {
  expect(typeWords('image[]')).toEqual({ en: 'list of image', 'zh-Hans': '图片列表' });
  expect(labelText('My own', 'zh-Hans')).toBe('My own');
  expect(labelText({ en: 'Text', 'zh-Hans': '文本' }, 'zh-Hans')).toBe('文本');
});

test('older configs are brought to today, everything else is left alone', () => {
  const flow = flowOf({ model: { config: { model: 'a' }, v: 2 }, strange: 'martian', newer: { type: 'prompt', v: 9 }, prompt: 'prompt' });
  const { flow: upgraded, changed } = upgradeNodes(flow, sampleCatalogue);
  expect(changed).toEqual(['model']);
  expect(upgraded.nodes['model']).toEqual({ type: 'model', v: 3, config: { model: 'a', temperature: 2 } });
  expect(upgraded.nodes['strange']).toBe(flow.nodes['strange']);
  expect(upgraded.nodes['newer']).toBe(flow.nodes['newer']);
  expect(Object.keys(upgraded.nodes)).toEqual(Object.keys(flow.nodes));
  expect(flow.nodes['model']?.v).toBe(2);
  expect(upgradeNodes(upgraded, sampleCatalogue)).toEqual({ flow: upgraded, changed: [] });
});
