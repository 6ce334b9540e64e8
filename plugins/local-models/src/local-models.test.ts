import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openLocalModels } from '../index.mjs';
import { png, writeTinyModels } from './testing/tiny-models.ts';

let folder = '';
let models: ReturnType<typeof openLocalModels>;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-models-'));
  await writeTinyModels(folder);
  models = openLocalModels(folder);
});
after(async () => {
  await models.close();
  await rm(folder, { recursive: true, force: true });
});

const going = new AbortController().signal;
const ask = (text: string, more = {}) => {
  const heard: string[] = [];
  const request = {
    messages: [{ role: 'user', content: text }],
    maxTokens: 8,
    temperature: 0,
    signal: going,
    onText: (piece: string) => void heard.push(piece),
    ...more,
  };
  return { heard, answer: models.write('tale', request) };
};

test('the models of a folder are found, each with what it is for', async () => {
  assert.deepEqual(await models.list(), [
    { name: 'feeling', task: 'classify-text' },
    { name: 'maker/colour', task: 'classify-image' },
    { name: 'mask', task: 'fill-mask' },
    { name: 'tale', task: 'write' },
    { name: 'vectors', task: 'embed' },
  ]);
  assert.deepEqual(await openLocalModels(join(folder, 'nowhere')).list(), []);
});

test('a text is classified: every label, the surest first', async () => {
  const [first, second, ...rest] = await models.classifyText('feeling', 'The good good cat');
  assert.equal(first?.label, 'joy');
  assert.ok(first.score > 0.95);
  assert.equal(second?.label, 'anger');
  assert.ok(Math.abs(first.score + second.score - 1) < 1e-6);
  assert.deepEqual(rest, []);
  assert.equal((await models.classifyText('feeling', 'bad'))[0]?.label, 'anger');
});

test('an image is classified by its content', async () => {
  assert.equal((await models.classifyImage('maker/colour', png(10, 20, 250)))[0]?.label, 'blue');
  const labels = await models.classifyImage('maker/colour', png(250, 20, 10));
  assert.deepEqual(
    labels.map(({ label }) => label),
    ['red', 'green', 'blue'],
  );
  await assert.rejects(models.classifyImage('maker/colour', new TextEncoder().encode('no image')));
});

test('a mask is filled in', async () => {
  const [first] = await models.fillMask('mask', 'the [MASK] sat down');
  assert.match(first?.label ?? '', /^the cat sat down$/);
  await assert.rejects(models.fillMask('mask', 'nothing to fill'));
});

test('texts become vectors of length one', async () => {
  const vectors = await models.embed('vectors', ['good', 'bad', 'good bad']);
  assert.deepEqual(vectors.slice(0, 2), [
    [1, 0],
    [0, 1],
  ]);
  const [x = 0, y = 0] = vectors[2] ?? [];
  assert.ok(Math.abs(Math.hypot(x, y) - 1) < 1e-6);
  assert.ok(y > x);
});

test('a text goes on word by word until the model ends it, and is told as it comes', async () => {
  const { heard, answer } = ask('the');
  const { text, inputTokens, outputTokens } = await answer;
  assert.equal(text.trim(), 'cat sat down');
  assert.equal(heard.join(''), text);
  assert.ok(heard.length > 1);
  assert.equal(inputTokens, 1);
  assert.equal(outputTokens, 4);
});

test('it ends at the most tokens it may have, and when nobody wants it any more', async () => {
  const short = await ask('good', { maxTokens: 3 }).answer;
  assert.equal(short.text.trim(), 'good good good');
  assert.equal(short.outputTokens, 3);
  const stop = new AbortController();
  const endless = ask('good', { maxTokens: 10_000, signal: stop.signal, onText: () => stop.abort() });
  await assert.rejects(endless.answer, { name: 'AbortError' });
  await assert.rejects(ask('good', { signal: AbortSignal.abort() }).answer, { name: 'AbortError' });
});

test('a model is asked only for what it is for, and only by its name in the folder', async () => {
  await assert.rejects(models.classifyText('vectors', 'x'), /no such model/);
  for (const name of ['none', '../feeling', 'feeling/../mask', '', folder])
    await assert.rejects(models.classifyText(name, 'x'), /no such model/, name);
});

test('more models than stay open are closed and opened again', async () => {
  for (let round = 0; round < 2; round += 1) {
    assert.equal((await models.classifyText('feeling', 'good'))[0]?.label, 'joy');
    assert.equal((await models.embed('vectors', ['good'])).length, 1);
    assert.equal((await models.fillMask('mask', '[MASK]'))[0]?.label, 'cat');
    assert.equal((await models.classifyImage('maker/colour', png(0, 99, 0)))[0]?.label, 'green');
    assert.match((await ask('sat').answer).text, /down/);
  }
});
