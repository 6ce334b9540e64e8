import type { Json } from '@patchbay/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KeptStep, readDetail, runDetailText } from './record-run.ts';
import { shareValues, unshareValues } from './share-values.ts';

const stepOf = (node: string, outputs: Record<string, Json>) => ({ node, status: 'succeeded', outputs }) as unknown as KeptStep;
const long = 'a long text. '.repeat(10_000);
const list = Array.from({ length: 2_000 }, (_, index) => ({ index, name: 'some name' }));

test('a large value that passes several steps is written once, and read back in each of them', () => {
  const inputs = { text: long, list };
  const steps = [stepOf('in', { text: long, list }), stepOf('keep', { kept: long }), stepOf('count', { count: 3 })];
  const outputs = { reply: long, all: list };
  const text = runDetailText({ inputs, result: { outputs }, steps });
  expect(text.length).toBeLessThan(JSON.stringify(long).length + JSON.stringify(list).length + 1_000);
  expect(readDetail(text)).toEqual({ inputs, outputs, steps: JSON.parse(JSON.stringify(steps)) });
  // What is handed in stays as it was.
  expect(steps[1]?.outputs).toEqual({ kept: long });
  expect(inputs.text).toBe(long);
});

test('small values, and large ones that stand in one place, are written where they stand', () => {
  const detail = { inputs: { text: long, name: 'Ada' }, outputs: { reply: 'Ada', list }, steps: [stepOf('in', { name: 'Ada' })] };
  expect(shareValues(detail)).toBe(detail);
  const text = runDetailText({ inputs: detail.inputs, result: { outputs: detail.outputs }, steps: detail.steps });
  expect(text).toBe(JSON.stringify(detail));
});

test('a durable run shares between its inputs and outputs, and a value that looks like ours stays what it is', () => {
  const looksLike: Json = { shared: [{ value: long, places: [['inputs', 'text']] }], filling: long };
  const text = runDetailText({ inputs: { text: long, other: looksLike }, result: { outputs: { reply: long, other: looksLike } } });
  expect(readDetail(text)).toEqual({ inputs: { text: long, other: looksLike }, outputs: { reply: long, other: looksLike } });
});

test('whatever a record holds, it is read back as it was', () => {
  const value = fc.oneof(
    fc.constantFrom<Json>(long, list, null, '', 'x', { deep: [long] }),
    fc.jsonValue().map((json) => json as Json),
  );
  const values = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/), value, { maxKeys: 4 });
  const detail = fc.record({
    inputs: values,
    outputs: values,
    steps: fc.array(
      fc.tuple(fc.constantFrom('a', 'b'), values).map(([node, outputs]) => stepOf(node, outputs)),
      { maxLength: 5 },
    ),
  });
  fc.assert(
    fc.property(detail, (given) => {
      const before = JSON.stringify(given);
      const read = unshareValues(JSON.parse(JSON.stringify(shareValues(given))));
      expect(JSON.stringify(read)).toBe(before);
      expect(JSON.stringify(given)).toBe(before);
    }),
    { numRuns: 60 },
  );
});
