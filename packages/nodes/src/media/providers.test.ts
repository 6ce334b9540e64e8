import { createHost, type Host } from '@patchbay/host';
import type { ModelCall, NodeContext, NodeDefinition, StepHandle } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { chatWire, type FakeWire, geminiWire, startWire, tinyPng } from '@patchbay/testing';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { askVideoNode } from '../ask-video/ask-video.node.ts';
import { describeImageNode } from '../describe-image/describe-image.node.ts';
import { makeImageNode } from '../make-image/make-image.node.ts';
import { speakNode } from '../speak/speak.node.ts';
import { transcribeNode } from '../transcribe/transcribe.node.ts';

// The packages of providers are loaded on first use, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let openai: FakeWire;
let google: FakeWire;
let host: Host;
beforeAll(async () => {
  openai = await startWire(chatWire, { secrets: { apiKey: 'k-1234567' }, reply: { text: 'A red chair.' } });
  google = await startWire(geminiWire, { secrets: { apiKey: 'k-1234567' }, reply: { text: 'Seen and heard.' } });
  const key = { apiKey: 'k-1234567', auto: true, privateAllowed: true };
  host = createHost({
    connections: [
      { ...key, id: 'google', family: 'google', baseUrl: `${google.origin}/v1beta` },
      { ...key, id: 'openai', family: 'openai', baseUrl: `${openai.origin}/v1` },
    ],
  });
});
afterAll(async () => {
  await host.close();
  await Promise.all([openai.close(), google.close()]);
});
beforeEach(() => {
  openai.calls.length = 0;
  google.calls.length = 0;
});

const png = { mediaType: 'image/png', base64: tinyPng };
const wav = { mediaType: 'audio/wav', base64: btoa(`RIFF\0\0\0\0WAVEfmt ${'\0'.repeat(8)}`) };
const film = { mediaType: 'video/mp4', base64: btoa('\0\0\0\x18ftypisom\0\0\0\0isommp42') };

/** A node against the real adapters, as a step of a run has them. */
async function run(definition: NodeDefinition, config: Record<string, string | number>, inputs: Parameters<typeof runNode>[1]['inputs']) {
  const reported: ModelCall[] = [];
  const handle: StepHandle = {
    run: 'r',
    node: 'n',
    scope: '',
    attempt: 1,
    signal: new AbortController().signal,
    report: (call) => void reported.push(call),
  };
  const world = host.world({ locale: 'en' });
  const ctx: Partial<NodeContext> = { models: world.models(handle), ...(world.files === undefined ? {} : { files: world.files(handle) }) };
  const { outputs } = await runNode(definition, { config, inputs: { ...inputs }, ctx });
  return { outputs, reported };
}

test('an image goes to a model that sees, apart from the rules', async () => {
  const { outputs, reported } = await run(
    describeImageNode,
    { model: 'openai/gpt-x', question: 'What is it?', language: 'de' },
    { image: png },
  );
  expect(outputs).toEqual({ text: 'A red chair.' });
  expect(reported).toMatchObject([{ provider: 'openai', simulated: false }]);
  const [call] = openai.calls;
  expect(call?.asked?.media).toEqual([`image/png;${tinyPng}`]);
  expect(call?.asked?.texts.join()).toContain('What is it?');
  expect(JSON.stringify(call?.body)).toContain('Write in German.');
});

test('a video goes to a model that takes it, and what is none goes nowhere', async () => {
  const { outputs } = await run(askVideoNode, { model: 'google', question: 'Who speaks?' }, { video: film });
  expect(outputs).toEqual({ text: 'Seen and heard.' });
  expect(google.calls.at(-1)?.asked?.media?.[0]).toMatch(/^video\/mp4;/);
  const sent = google.calls.length;
  await expect(run(askVideoNode, { model: 'google' }, { video: png })).rejects.toMatchObject({ reason: 'file_not_video' });
  expect(google.calls).toHaveLength(sent);
  await expect(run(askVideoNode, { model: 'openai/gpt-x' }, { video: { file: `file_${'0'.repeat(26)}` } })).rejects.toMatchObject({
    reason: 'file_gone',
  });
});

test('a recording is written down by a model made for it, else by one that hears', async () => {
  const made = await run(transcribeNode, { model: 'openai', language: 'en-GB' }, { audio: wav });
  expect(made.outputs).toEqual({ text: 'Hello there', segments: [{ text: 'Hello there', start: 0, end: 2 }] });
  expect(openai.calls[0]?.asked).toMatchObject({ kind: 'transcribe', model: 'gpt-4o-mini-transcribe' });
  expect(openai.calls[0]?.bytes.toString('latin1')).toMatch(/name="language"\r\n\r\nen\r\n/);
  const heard = await run(transcribeNode, { model: 'google' }, { audio: wav });
  expect(heard.outputs).toEqual({ text: 'Seen and heard.', segments: [] });
  expect(google.calls.map(({ asked }) => [asked?.kind, asked?.media?.length])).toEqual([['chat', 1]]);
  expect(heard.reported).toMatchObject([{ calls: 1, provider: 'google' }]);
});

test('automatic is the first connection that can', async () => {
  expect((await run(transcribeNode, {}, { audio: wav })).reported).toMatchObject([{ provider: 'openai' }]);
  expect((await run(speakNode, {}, { text: 'Hello' })).reported).toMatchObject([{ provider: 'google' }]);
});

test('speech and images come back as files of what they are', async () => {
  const spoken = await run(speakNode, { model: 'openai', voice: 'alloy', instructions: 'slowly', format: 'mp3' }, { text: 'Hello' });
  expect(spoken.outputs).toEqual({ audio: { mediaType: 'audio/mpeg', base64: expect.any(String), name: 'speech.mp3' } });
  expect(openai.calls[0]?.body).toMatchObject({ input: 'Hello', voice: 'alloy', instructions: 'slowly', response_format: 'mp3' });
  const drawn = await run(makeImageNode, { model: 'openai', size: 'wide', style: 'Watercolour' }, { prompt: 'A chair' });
  expect(drawn.outputs).toEqual({ image: { ...png, name: 'image.png' }, images: [{ ...png, name: 'image.png' }] });
  expect(openai.calls[1]?.body).toMatchObject({ prompt: 'A chair\n\nWatercolour', size: '1536x1024', n: 1 });
  expect(drawn.reported).toMatchObject([{ provider: 'openai', inputTokens: 11, outputTokens: 22 }]);
  const other = await run(speakNode, { model: 'google', voice: 'Kore' }, { text: 'Hello' });
  expect(other.outputs).toMatchObject({ audio: { mediaType: 'audio/wav', name: 'speech.wav' } });
});

test('nothing is asked for nothing', async () => {
  await expect(run(speakNode, { model: 'openai' }, { text: ' ' })).rejects.toMatchObject({ reason: 'nothing_to_speak' });
  await expect(run(makeImageNode, { model: 'openai' }, { prompt: '' })).rejects.toMatchObject({ reason: 'nothing_to_draw' });
  await expect(run(describeImageNode, { model: 'openai' }, { image: wav })).rejects.toMatchObject({ reason: 'file_not_image' });
  await expect(run(transcribeNode, { model: 'openai' }, { audio: png })).rejects.toMatchObject({ reason: 'file_not_audio' });
  expect(openai.calls).toEqual([]);
});

test('a refusal of the provider is the step’s failure', async () => {
  openai.script({ fault: { kind: 'refuse', as: 'auth' } });
  await expect(run(transcribeNode, { model: 'openai' }, { audio: wav })).rejects.toMatchObject({ errorClass: 'auth' });
  openai.script({ fault: { kind: 'refuse', as: 'content_filtered' } });
  await expect(run(makeImageNode, { model: 'openai' }, { prompt: 'x' })).rejects.toMatchObject({ errorClass: 'content_filtered' });
});
