import { runNode } from '@patchbay/node-kit/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answering } from '../testing/answering.ts';
import { scripted } from '../testing/scripted.ts';
import { partsOf } from './parts.ts';
import { summarizeNode } from './summarize.node.ts';

test('a short text is one call that streams, with its form and style', async () => {
  const { ctx, asked } = answering(['A ', 'sum']);
  const config = { form: 'bullets', sentences: 4, style: 'simple', words: 50 };
  const { outputs, chunks } = await runNode(summarizeNode, { config, inputs: { text: 'Long text' }, ctx });
  expect([outputs, chunks.length, asked.length]).toEqual([{ text: 'A sum' }, 2, 1]);
  for (const part of ['at most 4 points', 'simple words', 'at most 50 words']) expect(asked[0]?.messages[0]?.content).toContain(part);
  expect(asked[0]?.messages[1]?.content).toBe('Long text');
});

describe('a long text', () => {
  const paragraph = (name: string) => `${name} ${'word '.repeat(70)}`.trim();
  const text = ['one', 'two', 'three'].map(paragraph).join('\n\n');

  test('is read part by part, and the sums are summed up', async () => {
    const { ctx, asked } = scripted(['sum']);
    expect((await runNode(summarizeNode, { config: { part: 500 }, inputs: { text }, ctx })).outputs).toEqual({ text: 'sum' });
    expect(asked.map(({ messages }) => String(messages[1]?.content).slice(0, 5))).toEqual(['one w', 'two w', 'three', 'sum\n\n']);
    expect(asked[1]?.messages[0]?.content).toContain('part 2 of 3');
    expect(asked[3]?.messages[1]?.content).toBe('sum\n\nsum\n\nsum');
  });

  test('goes on while the sums are too long, and stops where a model does not shorten', async () => {
    const halving = scripted(['x'.repeat(200), 'x'.repeat(200), 'x'.repeat(200), 'short']);
    await runNode(summarizeNode, { config: { part: 500 }, inputs: { text }, ctx: halving.ctx });
    expect(halving.asked.length).toBeGreaterThan(4);
    const stubborn = scripted(['y'.repeat(2_000)]);
    await runNode(summarizeNode, { config: { part: 500 }, inputs: { text }, ctx: stubborn.ctx });
    expect(stubborn.asked).toHaveLength(4);
  });

  test('has an end: more than 200 parts are refused before anything is asked', async () => {
    const { ctx, asked } = scripted(['sum']);
    const run = runNode(summarizeNode, { config: { part: 500 }, inputs: { text: 'word '.repeat(25_000) }, ctx });
    await expect(run).rejects.toMatchObject({
      errorClass: 'context_too_long',
      reason: 'too_many_parts',
      params: { limit: 200, length: 500 },
    });
    expect(asked).toHaveLength(0);
  });

  test('a part the provider held back fails the step', async () => {
    const { ctx } = scripted([''], { finishReason: 'content_filter' });
    await expect(runNode(summarizeNode, { config: { part: 500 }, inputs: { text }, ctx })).rejects.toMatchObject({
      reason: 'answer_filtered',
    });
  });
});

describe('parts', () => {
  test.each([
    ['aaaa bbbb cccc', 10, ['aaaa bbbb', 'cccc']],
    ['一二三。四五六。七', 5, ['一二三。', '四五六。七']],
    ['One. Two is long. X', 12, ['One. Two is', 'long. X']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['aaa\n\nbbb ccc', 8, ['aaa', 'bbb ccc']],
    ['', 4, []],
  ])('%j in %j', (text, length, parts) => expect(partsOf(text, length)).toEqual(parts));

  test('hold all of the text, none too long, no character cut in half', () => {
    const unit = fc.constantFrom('word ', '。', '\n', '\n\n', '😀', 'x', '. ');
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 80 }), fc.integer({ min: 4, max: 40 }), (units, length) => {
        const text = units.join('');
        const parts = partsOf(text, length);
        for (const part of parts) expect(part.length > 0 && part.length <= length && part.isWellFormed()).toBe(true);
        expect(parts.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });
});
