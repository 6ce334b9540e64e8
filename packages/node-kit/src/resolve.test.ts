import { expect, test } from 'vitest';
import { resolveFlow } from './resolve.ts';
import { flowOf, sampleCatalogue } from './testing/sample-catalogue.ts';

test('nodes of known types stand in document order with their ports by id', () => {
  const { nodes } = resolveFlow(
    flowOf({ prompt: { config: { template: '{{who}}' } }, strange: 'martian', input: 'input' }),
    sampleCatalogue,
  );
  expect([...nodes.keys()]).toEqual(['prompt', 'input']);
  expect(nodes.get('prompt')?.inputOf.get('who')).toMatchObject({ chip: true, required: true });
  expect(nodes.get('prompt')?.inputOf.has('constructor')).toBe(false);
  expect(nodes.get('input')?.outputOf.get('text')?.type).toBe('text');
});

test('wires are found by the port they enter, in wire order; unsound ones are only remembered as targets', () => {
  const flow = flowOf(
    { a: 'input', b: 'input', model: 'model' },
    'b.text > model.prompt',
    'a.text > model.prompt',
    'a.gone > model.prompt',
    'a.text > model.gone',
    'ghost.text > model.prompt',
  );
  const { wiresInto, targets } = resolveFlow(flow, sampleCatalogue);
  expect(wiresInto.get('model.prompt')?.map((wire) => [wire.index, wire.from.id, wire.output.id])).toEqual([
    [0, 'b', 'text'],
    [1, 'a', 'text'],
  ]);
  expect(wiresInto.has('model.gone')).toBe(false);
  expect([...targets]).toEqual(['model.prompt', 'model.gone']);
});

test('a node may be called constructor', () => {
  const flow = flowOf({ constructor: { type: 'input' }, model: 'model' }, 'constructor.text > model.prompt');
  expect(resolveFlow(flow, sampleCatalogue).wiresInto.get('model.prompt')?.[0]?.from.id).toBe('constructor');
});
