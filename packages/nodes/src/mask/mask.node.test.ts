import { runNode, textStream } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { maskNode } from './mask.node.ts';

test('a stream leaves as a stream, and nothing that spans two chunks is shown', async () => {
  const { outputs, chunks } = await runNode(maskNode, {
    inputs: { text: textStream('Call 138', '1234', '5678 or mail ada@', 'example.com to', 'day') },
  });
  expect(chunks.map(({ text }) => text)).toEqual(['Call ', '[PHONE] or mail ', '[EMAIL] ', 'today']);
  expect(outputs).toEqual({ text: 'Call [PHONE] or mail [EMAIL] today' });
});

test('hides only the kinds that are on', async () => {
  const { outputs } = await runNode(maskNode, { config: { email: false }, inputs: { text: 'ada@example.com 8.8.8.8' } });
  expect(outputs).toEqual({ text: 'ada@example.com [IP]' });
});

test('empty text stays empty', async () => {
  expect((await runNode(maskNode, { inputs: { text: '' } })).outputs).toEqual({ text: '' });
});
