import type { Inputs } from '@patchbay/node-kit';
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

test('a long text is looked through in turns, and hides the same as in one piece', async () => {
  const text = `${'Write to ada@example.com or bob@example.com, or call +1 415 555 2671. '.repeat(2_000)}ada@example.com`;
  let turns = 0;
  const turn = async (): Promise<void> => {
    turns += 1;
  };
  const hide = (config: object, inputs: Inputs) => runNode(maskNode, { config: { ...config }, inputs, ctx: { turn } });
  expect((await hide({}, { text: 'ada@example.com' })).outputs).toEqual({ text: '[EMAIL]' });
  expect(turns).toBe(0);
  const { outputs } = await hide({ style: 'numbered' }, { text, known: { '[EMAIL_1]': 'bob@example.com' } });
  expect(turns).toBeGreaterThan(2);
  expect(outputs).toEqual({
    text: `${'Write to [EMAIL_2] or [EMAIL_1], or call [PHONE_1]. '.repeat(2_000)}[EMAIL_2]`,
    secrets: { '[EMAIL_1]': 'bob@example.com', '[EMAIL_2]': 'ada@example.com', '[PHONE_1]': '+1 415 555 2671' },
  });
});
