/** The texts of a new node. It passes every rule of the catalogue as it is, so that one begins from a green suite. */

export interface NewNode {
  type: string;
  /** Folder and file name. */
  file: string;
  /** Name of the exported definition. */
  name: string;
  words: { title?: string; 'title-zh'?: string; summary?: string; 'summary-zh'?: string };
}

export function namesOf(type: string): Pick<NewNode, 'type' | 'file' | 'name'> {
  const name = `${type.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()).replaceAll('_', '')}Node`;
  return { type, file: type.replaceAll('_', '-'), name };
}

export function nodeText({ type, name, words }: NewNode): string {
  const plain = type.replaceAll('_', ' ').trim();
  const title = words.title ?? plain.charAt(0).toUpperCase() + plain.slice(1);
  const chinese = words['title-zh'] ?? `新步骤 ${title}`;
  const summary = words.summary ?? 'Puts a greeting before a text.';
  const chineseSummary = words['summary-zh'] ?? '在文本前加上问候语。';
  return `import { defineNode, field, textOf } from '@patchbay/node-kit';
import * as z from 'zod';

export const ${name} = defineNode({
  type: '${type}',
  version: 1,
  category: 'text',
  icon: 'type',
  words: {
    title: { en: ${quoted(title)}, 'zh-Hans': ${quoted(chinese)} },
    summary: { en: ${quoted(summary)}, 'zh-Hans': ${quoted(chineseSummary)} },
    synonyms: [${quoted(plain)}, ${quoted(words['title-zh'] ?? '新步骤')}],
  },
  config: z.strictObject({
    greeting: field.text({ title: { en: 'Greeting', 'zh-Hans': '问候语' } }, 'Hello'),
  }),
  ports: {
    inputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true }],
    outputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' }],
  },
  essence: ({ greeting }) => greeting,
  repeatable: true,
  examples: [
    {
      name: { en: 'A greeting', 'zh-Hans': '问候' },
      config: {},
      inputs: { text: 'Ada' },
      outputs: { text: 'Hello Ada' },
    },
  ],
  async run({ config, inputs }) {
    return { text: \`\${config.greeting} \${await textOf(inputs['text'])}\` };
  },
});
`;
}

export const testText = ({ file, name }: NewNode): string => `import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { ${name} } from './${file}.node.ts';

test('greets', async () => {
  const { outputs } = await runNode(${name}, { config: { greeting: 'Hi' }, inputs: { text: 'Ada' } });
  expect(outputs).toEqual({ text: 'Hi Ada' });
});
`;

/** The catalogue with the node imported and listed; notes stay last on the palette. */
export function register(index: string, { file, name }: NewNode): string {
  const lastImport = index.lastIndexOf('import ');
  const end = index.indexOf('\n', lastImport) + 1;
  const imported = `${index.slice(0, end)}import { ${name} } from './${file}/${file}.node.ts';\n${index.slice(end)}`;
  return imported.replace('  noteNode,\n', `  ${name},\n  noteNode,\n`);
}

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', ' ')}'`;
