import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replay } from './replay.ts';

const end = {
  finishReason: 'stop' as const,
  usage: { inputTokens: 1, outputTokens: 2, costUsd: 0, estimated: false },
  model: 'm',
  simulated: true,
};

test('any text comes back whole, in pieces of whole characters, with one end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), (text) => {
      const chunks = [...replay({ text, ...end })];
      expect(chunks.at(-1)).toEqual({ type: 'end', ...end });
      const pieces = chunks.slice(0, -1).map((chunk) => (chunk.type === 'text' ? chunk.text : ''));
      expect(pieces.join('')).toBe(text);
      for (const piece of pieces) {
        expect(piece).not.toBe('');
        expect(piece.isWellFormed()).toBe(text.isWellFormed());
        expect(piece.length).toBeLessThanOrEqual(121);
      }
    }),
  );
});
