import { expect, test } from 'vitest';
import { createLiveText } from './live-text.ts';

async function collect(text: AsyncIterable<string>): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of text) chunks.push(chunk);
  return chunks;
}

test('every reader gets all chunks, however late it comes', async () => {
  const text = createLiveText();
  text.push('a');
  const early = collect(text);
  text.push('b');
  const late = collect(text);
  await Promise.resolve();
  text.push('c');
  text.end();
  expect(await early).toEqual(['a', 'b', 'c']);
  expect(await late).toEqual(['a', 'b', 'c']);
  expect(await collect(text)).toEqual(['a', 'b', 'c']);
  expect(await text.text()).toBe('abc');
});

test('the whole text waits for the end and can be read again', async () => {
  const text = createLiveText();
  const whole = text.text();
  text.push('one ');
  text.push('two');
  expect(text.joined()).toBe('one two');
  text.end();
  expect(await whole).toBe('one two');
  expect(await text.text()).toBe('one two');
});

test('readers of a stream that breaks get what came and then the failure', async () => {
  const text = createLiveText();
  text.push('part');
  const seen: string[] = [];
  const reader = (async () => {
    for await (const chunk of text) seen.push(chunk);
  })();
  const whole = text.text();
  text.fail();
  await expect(reader).rejects.toMatchObject({ errorClass: 'cancelled', reason: 'source_failed' });
  await expect(whole).rejects.toMatchObject({ errorClass: 'cancelled', reason: 'source_failed' });
  await expect(text.text()).rejects.toMatchObject({ errorClass: 'cancelled', reason: 'source_failed' });
  expect(seen).toEqual(['part']);
  expect(text.joined()).toBe('part');
});

test('a listener hears what is there and then each chunk in the same tick', () => {
  const text = createLiveText();
  text.push('a');
  text.push('b');
  const heard: string[] = [];
  text.listen((chunk) => heard.push(chunk));
  expect(heard).toEqual(['ab']);
  text.push('c');
  expect(heard).toEqual(['ab', 'c']);
});

test('empty chunks and chunks after the end are nothing', async () => {
  const text = createLiveText();
  text.push('');
  text.push('a');
  text.end();
  text.push('late');
  text.fail();
  expect(await collect(text)).toEqual(['a']);
  expect(await text.text()).toBe('a');
});

test('leaving a stream early harms no other reader', async () => {
  const text = createLiveText();
  text.push('a');
  for await (const chunk of text) {
    expect(chunk).toBe('a');
    break;
  }
  text.push('b');
  text.end();
  expect(await collect(text)).toEqual(['a', 'b']);
});

test('a reader that waits gets the next chunk while the text is still open', async () => {
  const text = createLiveText();
  const reader = text[Symbol.asyncIterator]();
  const [first, second] = [reader.next(), reader.next()];
  text.push('a');
  expect(await first).toEqual({ value: 'a', done: false });
  text.push('b');
  expect(await second).toEqual({ value: 'b', done: false });
});

test('a listener of a text without a chunk hears nothing before the first', () => {
  const text = createLiveText();
  const heard: string[] = [];
  text.listen((chunk) => heard.push(chunk));
  expect([heard, text.joined()]).toEqual([[], '']);
  text.push('a');
  expect(heard).toEqual(['a']);
});
