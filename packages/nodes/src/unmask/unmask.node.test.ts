import { runNode, textStream } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { maskNode } from '../mask/mask.node.ts';
import { unmaskNode } from './unmask.node.ts';

const secrets = { '[EMAIL_1]': 'ada@example.com', '[PHONE_1]': '13812345678' };

test('a stream leaves as a stream; a label that spans chunks is put back whole', async () => {
  const { outputs, chunks } = await runNode(unmaskNode, {
    inputs: { text: textStream('To [EM', 'AIL', '_1] and [PHONE_1', ']', '.'), secrets },
  });
  expect(chunks.map(({ text }) => text)).toEqual(['To ', 'ada@example.com and ', '13812345678', '.']);
  expect(outputs).toEqual({ text: 'To ada@example.com and 13812345678.' });
});

test('what came along a wire and is no hidden value puts nothing in', async () => {
  const odd = { EMAIL_1: 'x', '[EMAIL_1]': 7, '[PHONE_1]': 'ok', __proto__: 'y' };
  expect((await runNode(unmaskNode, { inputs: { text: '[EMAIL_1] [PHONE_1]', secrets: odd } })).outputs).toEqual({ text: '[EMAIL_1] ok' });
  expect((await runNode(unmaskNode, { inputs: { text: '[EMAIL_1]', secrets: [] } })).outputs).toEqual({ text: '[EMAIL_1]' });
});

test('two texts that are hidden apart have labels that do not meet', async () => {
  const config = { style: 'numbered' };
  const first = await runNode(maskNode, { config, inputs: { text: 'ada@example.com' } });
  const known = first.outputs['secrets'] ?? null;
  const second = await runNode(maskNode, { config, inputs: { text: textStream('bob@exam', 'ple.com to ada@example.com'), known } });
  expect(second.outputs['text']).toBe('[EMAIL_2] to [EMAIL_1]');
  const all = second.outputs['secrets'] ?? null;
  const { outputs } = await runNode(unmaskNode, { inputs: { text: '[EMAIL_1] [EMAIL_2]', secrets: all } });
  expect(outputs['text']).toBe('ada@example.com bob@example.com');
});
