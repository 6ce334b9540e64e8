import { StepError } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { exampleContext } from '../testing/example-context.ts';
import { readFileNode } from './read-file.node.ts';

const context = exampleContext();
const textFile = (text: string) => ({ mediaType: 'text/plain', base64: Buffer.from(text).toString('base64') });

test('the pages of a PDF are asked for as the settings say', async () => {
  const asked: unknown[] = [];
  const files = {
    open: () => Promise.reject(new Error('not needed')),
    save: () => Promise.reject(new Error('not needed')),
    text: async (value: unknown, options: unknown) => {
      asked.push(value, options);
      return { text: 'a\n\nb', pages: ['a', 'b'], kind: 'pdf' as const };
    },
  };
  const file = { file: `file_${'0'.repeat(26)}`, mediaType: 'application/pdf', size: 5, name: 'a.pdf', url: '/v1/files/x' };
  const { outputs } = await runNode(readFileNode, { config: { pages: 2 }, inputs: { file }, ctx: { files } });
  expect(outputs).toEqual({ text: 'a\n\nb', pages: ['a', 'b'], name: 'a.pdf' });
  expect(asked).toEqual([file, { pages: 2 }]);
});

test('what is no file, and a file without text, are told apart', async () => {
  const run = (file: Parameters<typeof runNode>[1]['inputs']) => runNode(readFileNode, { inputs: { ...file }, ctx: context });
  await expect(run({ file: 'a text' })).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'not_a_file' });
  await expect(run({ file: { mediaType: 'image/png', base64: 'iVBORw0KGgo=' } })).rejects.toMatchObject({ reason: 'file_kind' });
  await expect(run({ file: textFile('') })).resolves.toMatchObject({ outputs: { text: '' } });
  await expect(run({ file: { file: `file_${'0'.repeat(26)}` } })).rejects.toBeInstanceOf(StepError);
});
