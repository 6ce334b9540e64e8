import type { Json } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { catalogue } from '../index.ts';
import { answering } from '../testing/answering.ts';

/** Nodes that keep whole answers, with an answer it can read. */
const asking: [type: string, answer: string, inputs: Record<string, Json>][] = [
  ['model', 'Hi', { prompt: 'Hello' }],
  ['summarize', 'Hi', { text: 'Hello' }],
  ['classify', '{"label":"question","confidence":1}', { text: 'Hello' }],
  ['extract', '{}', { text: 'Hello' }],
  ['rewrite', 'Hi', { text: 'Hello' }],
  ['answer', '{"found":false}', { text: 'Hello', question: 'Who?' }],
  ['write_code', '```\na\n```', { request: 'Hello' }],
  ['bias_check', '{"findings":[]}', { text: 'Hello' }],
];

test.each(asking)('%s lets an earlier answer be used only where its author says so', async (type, answer, inputs) => {
  const definition = catalogue.get(type);
  if (definition === undefined) throw new Error('no such node');
  const cacheMs = async (config: Record<string, Json>) => {
    const { ctx, asked } = answering(answer);
    // What the node makes of the answer is not looked at here.
    await runNode(definition, { config, inputs, ctx }).catch(() => {});
    expect(asked).toHaveLength(1);
    return asked[0]?.cacheMs ?? 0;
  };
  expect(await cacheMs({})).toBe(0);
  expect(await cacheMs({ cache: 'hour' })).toBe(3_600_000);
  expect(await cacheMs({ cache: 'week' })).toBe(604_800_000);
});
