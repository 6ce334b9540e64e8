import type { FlowNode, Json } from '@patchbay/flow';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { configOf } from './config-of.ts';
import { portsOf } from './ports-of.ts';
import { sampleNodes } from './testing/sample-catalogue.ts';

const resolve = (type: string, config: Record<string, Json>, more: Partial<FlowNode> = {}) => {
  const definition = sampleNodes[type];
  if (definition === undefined) throw new Error(type);
  return portsOf(definition, { type, config, ...more });
};
const outputs = (config: Record<string, Json>) => resolve('branch', config).outputs.map((port) => port.id);

test('ports come from the type, the chips and the failure rule', () => {
  const resolved = resolve('prompt', { template: 'Hi {{name}} {{note?}}' }, { onError: { rule: 'error-output' } });
  expect(resolved.inputs.map(({ id, required, chip }) => [id, required, chip])).toEqual([
    ['name', true, true],
    ['note', false, true],
  ]);
  expect(resolved.outputs.map((port) => port.id)).toEqual(['text', 'error']);
  expect(resolved.issues).toEqual([]);
  expect(resolved.config).toEqual({ template: 'Hi {{name}} {{note?}}', data: null });
});

test('what is wrong with a config is told in our own words', () => {
  const { issues, config } = resolve('model', { temperature: 9, model: null });
  expect(issues).toEqual([
    { code: 'wrong_type', path: ['model'], params: { expected: 'string' }, message: 'This must be a text.' },
    { code: 'too_big', path: ['temperature'], params: { limit: 2 }, message: 'This must be at most 2.' },
  ]);
  expect(config).toEqual({ temperature: 9, model: null });
});

test('a fault costs its own field, then its own entry, never the rest', () => {
  const ok = { id: 'a', title: 'A' };
  expect(outputs({ ways: [ok, { id: 'b', title: 7 }] })).toEqual(['a', 'b', 'choice']);
  expect(outputs({ ways: [{ id: 'B!' }, ok, { title: 'no id' }, { id: 'c' }] })).toEqual(['a', 'c', 'choice']);
  expect(outputs({ ways: [ok, 7, null] })).toEqual(['a', 'choice']);
  expect(outputs({ ways: [{ ...ok, colour: 'red' }] })).toEqual(['a', 'choice']);
  expect(outputs({ ways: 'all' })).toEqual(['yes', 'no', 'choice']);
  expect(outputs({ nonsense: 1, ways: [ok] })).toEqual(['a', 'choice']);
});

test('a hostile text in a config is refused by its length', () => {
  expect(resolve('prompt', { template: 'x'.repeat(1_000_001) }).issues).toMatchObject([{ code: 'too_long', params: { limit: 1_000_000 } }]);
  expect(resolve('branch', { ways: Array.from({ length: 1_001 }, (_, index) => ({ id: `w${index}` })) }).issues).toMatchObject([
    { code: 'too_many' },
  ]);
});

test('any config gives one that parses', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(sampleNodes)),
      fc.dictionary(fc.constantFrom('ways', 'fields', 'template', 'model', 'x'), fc.jsonValue()),
      (definition, raw) => {
        const read = configOf(definition, raw as Record<string, Json>);
        expect(definition.config.safeParse(read.usable).success).toBe(true);
        expect(read.issues.length > 0).toBe(!definition.config.safeParse(raw).success);
      },
    ),
    { numRuns: 500 },
  );
});
