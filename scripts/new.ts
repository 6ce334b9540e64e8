/** `pnpm new node <type>`: writes a new node's two files and tells the line for the catalogue. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const [what, type = ''] = process.argv.slice(2);
if (what !== 'node' || !/^[a-z][a-z0-9_]{0,39}$/.test(type)) {
  console.error('Usage: pnpm new node <type>   (small letters, digits and _, beginning with a letter)');
  process.exit(2);
}

const file = type.replaceAll('_', '-');
const name = `${type.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}Node`;
const title = type.charAt(0).toUpperCase() + type.slice(1).replaceAll('_', ' ');
const folder = new URL(`../packages/nodes/src/${file}/`, import.meta.url);
if (existsSync(folder)) {
  console.error(`packages/nodes/src/${file} is there already.`);
  process.exit(1);
}

const definition = `import { defineNode, field } from '@patchbay/node-kit';
import * as z from 'zod';

export const ${name} = defineNode({
  type: '${type}',
  version: 1,
  category: 'text',
  icon: 'type',
  words: {
    title: { en: '${title}', 'zh-Hans': '${title}' },
    summary: { en: 'Says in one sentence what it does for a person.', 'zh-Hans': '用一句话说明它的作用。' },
    synonyms: [],
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
  run: ({ config, inputs }) => ({ text: \`\${config.greeting} \${typeof inputs['text'] === 'string' ? inputs['text'] : ''}\` }),
});
`;

const test = `import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { ${name} } from './${file}.node.ts';

test('greets', async () => {
  const { outputs } = await runNode(${name}, { config: { greeting: 'Hi' }, inputs: { text: 'Ada' } });
  expect(outputs).toEqual({ text: 'Hi Ada' });
});
`;

mkdirSync(folder, { recursive: true });
writeFileSync(new URL(`${file}.node.ts`, folder), definition);
writeFileSync(new URL(`${file}.node.test.ts`, folder), test);
console.log(`Wrote packages/nodes/src/${file}/${file}.node.ts and its test.

Add to packages/nodes/src/index.ts:
  import { ${name} } from './${file}/${file}.node.ts';
and ${name} to the list, then run pnpm docs:nodes.`);
