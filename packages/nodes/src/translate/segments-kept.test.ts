import { readFileSync } from 'node:fs';
import type { ModelRequest, NodeContext } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { createMemory } from '../testing/memory.ts';
import { translateNode } from './translate.node.ts';

interface Piece {
  text: string;
  /** Has to be kept. */
  kept: boolean;
}
interface Entry {
  source: string;
  target: string;
  text: string;
  pieces: Piece[];
}

const lines = readFileSync(new URL('testdata/segments.tsv', import.meta.url), 'utf8').split('\n');
const entries: Entry[] = lines.filter((line) => line !== '' && !line.startsWith('#')).map(readEntry);

function readEntry(line: string): Entry {
  const [languages = '', marked = ''] = line.split('\t');
  const [source = '', target = ''] = languages.split('>');
  const pieces = marked.split(/(⟦[^⟧]*⟧)/).map((part) => ({ text: part.replace(/^⟦|⟧$/g, ''), kept: part.startsWith('⟦') }));
  return { source, target, text: pieces.map(({ text }) => text).join(''), pieces: pieces.filter(({ text }) => text !== '') };
}

/** Words in another alphabet: so much a translation that nothing but the kept parts is the same. */
const translated = (text: string): string =>
  text.replace(/\p{L}/gu, (letter) => String.fromCodePoint(0x0561 + ((letter.codePointAt(0) ?? 0) % 38)));

const modes = ['honest', 'drop', 'double', 'reorder', 'change', 'stubborn'] as const;
type Mode = (typeof modes)[number];

/** What a model makes of an entry: every word translated, and the parts to keep as its mood is. */
function answerOf({ pieces }: Entry, mode: Mode): string {
  const places = pieces.flatMap(({ kept }, index) => (kept ? [index] : []));
  const middle = places[Math.floor(places.length / 2)] ?? -1;
  const texts = pieces.map(({ text, kept }) => (kept ? text : translated(text)));
  const own = texts[middle] ?? '';
  if (mode === 'drop' || mode === 'stubborn') texts[middle] = '';
  if (mode === 'double') texts[middle] = own + own;
  if (mode === 'change') texts[middle] = own.replace(/[\w@#]/, 'Z');
  if (mode === 'reorder') for (const [index, place] of places.entries()) texts[place] = pieces[places.at(-1 - index) ?? 0]?.text ?? '';
  return texts.join('');
}

const times = (text: string, part: string): number => text.split(part).length - 1;
/** Counted apart from the code under test: longest parts first, each taken out once it is counted. */
function keepsAll(answer: string, { pieces }: Entry): boolean {
  let rest = answer;
  for (const { text } of pieces.filter(({ kept }) => kept).sort((a, b) => b.text.length - a.text.length)) {
    if (!rest.includes(text)) return false;
    rest = rest.replace(text, ' ');
  }
  return pieces.filter(({ kept }) => kept).every(({ text }) => text.length < 2 || times(rest, text) === 0);
}

function modelOf(mode: Mode, calls: { count: number }): NodeContext['models'] {
  const end = {
    finishReason: 'stop' as const,
    usage: { inputTokens: 1, outputTokens: 1, costUsd: null, estimated: true },
    model: 'm',
    simulated: false,
  };
  const answer = ({ messages: [system, user] }: ModelRequest): string => {
    calls.count += 1;
    const entry = entries.find(({ text }) => text === user?.content) as Entry;
    const again = String(system?.content).includes('refused');
    return answerOf(entry, again && mode !== 'stubborn' ? 'honest' : mode);
  };
  return {
    chat: async (request) => ({ text: answer(request), ...end }),
    async *stream(request) {
      yield { type: 'text', text: answer(request) };
      yield { type: 'end', ...end };
    },
  };
}

test('there are at least three hundred segments, each with something to keep', () => {
  expect(entries.length).toBeGreaterThanOrEqual(300);
  for (const { text, pieces } of entries)
    expect(
      pieces.some(({ kept }) => kept),
      text,
    ).toBe(true);
  expect(new Set(entries.map(({ target }) => target)).size).toBeGreaterThan(12);
});

test.each(modes)('a %s model: every answer keeps what must stay or is refused, and a second run asks nothing', async (mode) => {
  const calls = { count: 0 };
  const ctx = { models: modelOf(mode, calls), memory: createMemory() };
  let [kept, refused] = [0, 0];
  const run = async ({ text, source, target }: Entry) =>
    runNode(translateNode, { config: { source, target }, inputs: { text }, ctx }).then(
      ({ outputs }) => String(outputs['text']),
      (error: { errorClass: string; params: { parts: string } }) => error,
    );
  for (const entry of entries) {
    const answer = await run(entry);
    if (typeof answer === 'string') {
      expect(keepsAll(answer, entry), `${entry.text} → ${answer}`).toBe(true);
      kept += 1;
    } else {
      expect(answer.errorClass, entry.text).toBe('bad_output');
      expect(answer.params.parts, entry.text).not.toBe('');
      refused += 1;
    }
  }
  expect(kept + refused).toBe(entries.length);
  // One repair is enough for a model that listens; one that does not is always refused.
  if (mode === 'stubborn') expect(kept).toBe(0);
  else expect(refused).toBe(0);
  const asked = calls.count;
  if (mode !== 'stubborn') for (const entry of entries) await run(entry);
  expect(calls.count).toBe(asked);
});
