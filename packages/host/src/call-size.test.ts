import { expect, test } from 'vitest';
import { mostOf, sizeOf, unseenOf } from './call-size.ts';

const model = 'm';
const audio = { type: 'media' as const, mediaType: 'audio/ogg', base64: 'AAAA'.repeat(40_000) };

test('texts are only read', () => {
  const text = { inputTokens: 5, outputTokens: 0 };
  expect(sizeOf('embed', { model, texts: ['twelve letter', 'four'] })).toEqual({ usual: text, most: text });
  expect(sizeOf('moderate', { model, texts: ['字字字字字'] }).usual).toEqual(text);
  expect(sizeOf('rerank', { model, query: 'four', documents: ['four', '字字字'] }).usual).toEqual(text);
});

test('pictures are counted each, and the largest is set aside for', () => {
  const one = sizeOf('image', { model, prompt: 'A cat' });
  const three = sizeOf('image', { model, prompt: 'A cat', count: 3, images: [audio] });
  expect(three.usual.outputTokens).toBe(one.usual.outputTokens * 3);
  expect(three.usual.imageOutputTokens).toBe(three.usual.outputTokens);
  expect(three.usual.inputTokens).toBeGreaterThan(one.usual.inputTokens);
  expect(one.most.outputTokens).toBeGreaterThan(one.usual.outputTokens);
});

test('speech grows with what is said, and sound with its length', () => {
  const said = sizeOf('speech', { model, text: 'a'.repeat(150) });
  expect(said.usual).toEqual({ inputTokens: 38, outputTokens: 250 });
  expect(sizeOf('speech', { model, text: 'a'.repeat(150), instructions: 'Softly.' }).usual.inputTokens).toBe(40);
  const heard = sizeOf('transcribe', { model, audio }).usual;
  expect(heard).toEqual({ inputTokens: 150, audioInputTokens: 150, outputTokens: 60, audioSeconds: 15 });
});

test('a chat is as large as its request and its answer; of anything else all was done', () => {
  const chat = { model, messages: [{ role: 'user' as const, content: 'Hello' }], maxOutputTokens: 7 };
  expect(mostOf(chat)).toMatchObject({ outputTokens: 7 });
  expect(mostOf({ ...chat, maxOutputTokens: undefined }).outputTokens).toBe(4_096);
  expect(unseenOf(chat, 'eight le')).toMatchObject({ outputTokens: 2 });
  const size = sizeOf('image', { model, prompt: 'A cat' });
  expect(mostOf(size)).toBe(size.most);
  expect(unseenOf(size, '')).toBe(size.usual);
});
