import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinSegments, type SegmentBy, segmentsOf } from './segments.ts';

const cores = (text: string, by: SegmentBy = 'paragraph') => segmentsOf(text, by).segments.map(({ core }) => core);

test('paragraphs end at blank lines, lines at every break', () => {
  expect(cores('\n One\ntwo \n\n\n  three\n')).toEqual(['One\ntwo', 'three']);
  expect(cores('One\r\ntwo\n\nthree', 'line')).toEqual(['One', 'two', 'three']);
  expect(cores('  \n ')).toEqual([]);
  expect(cores('')).toEqual([]);
});

test('code blocks and messages stay whole', () => {
  const code = '```js\na\n\nb\n```';
  expect(cores(`Before\n\n${code}\n\nafter`)).toEqual(['Before', code, 'after']);
  const message = '{n, plural,\n  one {# file}\n\n  other {# files}\n}';
  expect(cores(`Title\n${message}\nend`, 'line')).toEqual(['Title', message, 'end']);
});

test('segments with the space around them are the text', () => {
  const part = fc.constantFrom('a', 'word', ' ', '\n', '\n\n', '\r\n', '```', '{n, plural, other {', '}}', '\t');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.constantFrom<SegmentBy>('paragraph', 'line'), (parts, by) => {
      const text = parts.join('');
      const { segments, tail } = segmentsOf(text, by);
      expect(segments.map(({ gap, core }) => gap + core).join('') + tail).toBe(text);
      for (const { core } of segments) expect(core).toBe(core.trim());
      expect(joinSegments(segments)).toBe(text.trim());
    }),
  );
});
