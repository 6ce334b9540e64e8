import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toolCall } from './tool-input.ts';

const params = { provider: 'p', model: 'm' };
const read = (written: string) => toolCall({ id: 'a', name: 'weather', written }, params);

test('any JSON a model writes is its input', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(read(JSON.stringify(value)).input).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test.each(['', '  ', '\n'])('nothing (%j) is a tool without input', (written) => {
  expect(read(written)).toEqual({ type: 'tool-call', id: 'a', name: 'weather', input: {} });
});

test.each(['{', '{"city": "Os', 'city=Oslo', "{'a': 1}"])('%s is bad output that names the tool', (written) => {
  expect(() => read(written)).toThrow(
    expect.objectContaining({ errorClass: 'bad_output', reason: 'malformed_tool_call', params: { ...params, tool: 'weather' } }),
  );
});
