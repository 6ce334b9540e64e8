import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bytesOf } from '../base64.ts';
import { imageSize } from '../image-size.ts';
import type { CallContext, ChatMessage } from '../interface.ts';
import { createDemoProvider } from './provider.ts';

const demo = createDemoProvider({ delayMs: 0 });
const call: CallContext = { signal: new AbortController().signal, request: () => Promise.reject(new Error('offline')) };

test('pictures are PNG, the same for the same words, and others for others', async () => {
  const ask = async (prompt: string, count = 1) => (await demo.image?.({ model: 'auto', prompt, count }, call))?.images ?? [];
  const [one, two] = await ask('a red chair', 2);
  expect(imageSize(one?.base64 ?? '')).toEqual({ width: 256, height: 256 });
  expect((await ask('a red chair'))[0]).toEqual(one);
  expect(two?.base64).not.toBe(one?.base64);
  expect((await ask('a blue chair'))[0]?.base64).not.toBe(one?.base64);
  const bytes = bytesOf(one?.base64 ?? '');
  const at = Buffer.from(bytes).indexOf('IDAT');
  const rows = inflateSync(bytes.subarray(at + 4, at + 4 + new DataView(bytes.buffer).getUint32(at - 4)));
  expect(rows).toHaveLength(256 * 257);
  expect(Math.max(...rows)).toBeLessThan(4);
});

test('speech is a WAV that is longer for more words', async () => {
  const ask = async (text: string) => bytesOf((await demo.speech?.({ model: 'auto', text }, call))?.audio.base64 ?? '');
  const [short, long] = [await ask('Hello'), await ask('Hello and good morning to you')];
  expect(String.fromCharCode(...short.subarray(0, 4), ...short.subarray(8, 12))).toBe('RIFFWAVE');
  expect(new DataView(short.buffer).getUint32(40, true)).toBe(short.length - 44);
  expect(long.length).toBeGreaterThan(short.length);
  expect(short.subarray(44).some((sample) => sample !== 128)).toBe(true);
  expect((await ask('')).length).toBeGreaterThan(44);
});

test('a transcript says that nobody listened, in the language spoken', async () => {
  const audio = { type: 'media' as const, mediaType: 'audio/wav', base64: '' };
  const english = await demo.transcribe?.({ model: 'auto', audio }, call);
  expect(english).toMatchObject({ language: 'en', simulated: true, usage: { costUsd: 0 } });
  expect(english?.text).toContain('nobody has listened');
  expect(english?.segments[0]).toMatchObject({ start: 0, end: 6 });
  expect((await demo.transcribe?.({ model: 'auto', audio, language: 'zh' }, call))?.text).toContain('演示模型');
});

test('a description says what the bytes say, and that it is blind', async () => {
  const png = (await demo.image?.({ model: 'auto', prompt: 'x' }, call))?.images[0];
  const ask = async (content: ChatMessage['content'], question = '') =>
    (await demo.generate({ model: 'auto', messages: [{ role: 'user', content }], task: { kind: 'describe', text: question } }, call)).text;
  const text = await ask(png === undefined ? '' : [{ ...png, name: 'chair.png' }]);
  expect(text).toContain('This is an image (image/png), chair.png, 256 × 256 pixels, as wide as it is high.');
  expect(text).toContain('cannot see');
  expect(await ask([{ type: 'media', mediaType: 'video/mp4', base64: '' }], '视频里有什么？')).toMatch(
    /这是一段视频（?.*video\/mp4[\s\S]*视频里有什么/,
  );
  expect(await ask('only words')).toBe('There is no image or video in the question.');
});

test('a model it does not have, and a call that was stopped', async () => {
  await expect(demo.image?.({ model: 'x', prompt: '' }, call)).rejects.toMatchObject({ reason: 'model_not_found' });
  await expect(demo.speech?.({ model: 'auto', text: '' }, { ...call, signal: AbortSignal.abort() })).rejects.toMatchObject({
    reason: 'cancelled',
  });
});
