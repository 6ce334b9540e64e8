import type { FlowNode, Json } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { checkNode } from './check-node.ts';
import { resolveFlow } from './resolve.ts';
import { flowOf, sampleCatalogue } from './testing/sample-catalogue.ts';

/** What is wrong with one node alone, as `severity code place-inside-the-node`. */
function check(type: string, node: Partial<FlowNode> = {}, ...wires: string[]): string[] {
  const resolved = resolveFlow(flowOf({ it: { type, ...node }, input: 'input' }, ...wires), sampleCatalogue);
  const placed = resolved.nodes.get('it');
  if (placed === undefined) throw new Error(type);
  return checkNode(placed, resolved).map(({ severity, code, pointer }) => `${severity} ${code} ${pointer.replace('/nodes/it', '') || '/'}`);
}

test.each<[string, Partial<FlowNode>, string[]]>([
  ['prompt', {}, []],
  ['prompt', { v: 1 }, []],
  ['prompt', { v: 2 }, ['error newer_node /v']],
  ['model', { v: 3, values: { prompt: 'x' } }, []],
  ['prompt', { config: { template: 3 } }, ['error wrong_type /config/template']],
  ['prompt', { config: { colour: 'red', template: null } }, ['error wrong_type /config/template', 'error unknown_field /config/colour']],
  ['branch', { config: { ways: [{}] }, values: { value: 1 } }, ['error missing_field /config/ways/0/id']],
  ['branch', { config: { ways: [{ id: 'choice' }] }, values: { value: 1 } }, ['error duplicate_port /config']],
  ['model', {}, ['error required_input_missing /']],
  ['model', { bypass: true }, []],
  ['model', { values: { prompt: 7 } }, ['error value_does_not_fit /values/prompt']],
  ['model', { values: { prompt: null } }, ['warning null_for_required /values/prompt']],
  ['model', { values: { prompt: '', gone: '' } }, ['warning value_of_no_port /values/gone']],
  ['sum', { values: { number: 1, image: 'x' } }, ['error value_does_not_fit /values/image']],
  ['sum', { values: { number: 1, list: ['a', 2] } }, ['error value_does_not_fit /values/list']],
  ['sum', { values: { number: 1, list: null } }, []],
  ['sum', { values: { number: 1 }, fanIn: { number: 'list' } }, ['error fan_in_does_not_fit /fanIn/number']],
  ['sum', { values: { number: 1 }, fanIn: { image: 'text' } }, ['error fan_in_does_not_fit /fanIn/image']],
  ['sum', { values: { number: 1 }, fanIn: { list: 'text', number: 'first' } }, []],
  ['filter', { values: { value: { any: 'thing' } } }, []],
  ['note', { values: { x: 1 } }, ['warning value_of_no_port /values/x']],
])('%s with %j', (type, node, expected) => {
  expect(check(type, node)).toEqual(expected);
});

test.each<[FlowNode['onError'], string[]]>([
  [undefined, []],
  [{ rule: 'stop' }, []],
  [{ rule: 'retry', tries: 3 }, []],
  [{ rule: 'error-output' }, []],
  [{ rule: 'fallback-value' }, []],
  [{ rule: 'fallback-value', values: { text: 'Sorry.' } }, []],
  [{ rule: 'fallback-value', values: { text: null } }, []],
  [{ rule: 'fallback-value', values: { text: 4 } }, ['error value_does_not_fit /onError/values/text']],
  [{ rule: 'fallback-value', values: { gone: 'x' } }, ['warning fallback_of_no_port /onError/values/gone']],
  [{ rule: 'fallback-model' }, ['error fallback_model_missing /onError/model']],
  [{ rule: 'fallback-model', model: '' }, ['error fallback_model_missing /onError/model']],
  [{ rule: 'fallback-model', model: 'demo/auto' }, []],
])('failure rule %j', (onError, expected) => {
  expect(check('model', { values: { prompt: 'x' }, ...(onError === undefined ? {} : { onError }) })).toEqual(expected);
});

test.each<[string, Record<string, Json>, string[]]>([
  ['a chip', { template: '{{who}}' }, ['error chip_not_connected /']],
  ['two chips of one name', { template: '{{who}} {{who.name}}' }, ['error chip_not_connected /']],
  ['two chips', { template: '{{who}} {{what}}' }, ['error chip_not_connected /', 'error chip_not_connected /']],
  ['an optional chip', { template: '{{who?}}' }, []],
  ['a chip inside JSON', { data: { to: ['{{who}}'] } }, ['error chip_not_connected /']],
  ['an escape', { template: '\\{{who}}' }, []],
  [
    'no chip inside JSON',
    { data: { to: ['{{No Name}}', { deep: '{{ 名字 }}' }] } },
    ['warning not_a_chip /config/data/to/0', 'warning not_a_chip /config/data/to/1/deep'],
  ],
  [
    'twice no chip in one text',
    { template: '{{A}} {{B}}' },
    ['warning not_a_chip /config/template', 'warning not_a_chip /config/template'],
  ],
])('%s without a wire', (_, config, expected) => {
  expect(check('prompt', { config })).toEqual(expected);
});

test('a wire is enough, even a broken one: that is named for itself', () => {
  expect(check('model', {}, 'input.text > it.prompt')).toEqual([]);
  expect(check('model', {}, 'input.gone > it.prompt')).toEqual([]);
  expect(check('prompt', { config: { template: '{{who}}' } }, 'input.text > it.who')).toEqual([]);
});

test('a node named to be looked up carelessly is judged like any other', () => {
  const resolved = resolveFlow(flowOf({ constructor: { type: 'model', values: { constructor: 1 } } }), sampleCatalogue);
  const placed = resolved.nodes.get('constructor');
  expect(placed && checkNode(placed, resolved).map(({ code, pointer }) => [code, pointer])).toEqual([
    ['value_of_no_port', '/nodes/constructor/values/constructor'],
    ['required_input_missing', '/nodes/constructor'],
  ]);
});

test('a node stands only in what can hold it', () => {
  const inside = (parent: string) => {
    const resolved = resolveFlow(
      flowOf({ it: { type: 'prompt', parent }, loop: 'loop', input: 'input', strange: 'martian' }),
      sampleCatalogue,
    );
    const placed = resolved.nodes.get('it');
    return placed && checkNode(placed, resolved).map(({ code }) => code);
  };
  expect(inside('loop')).toEqual([]);
  expect(inside('input')).toEqual(['parent_not_container']);
  // What is not known may be a container.
  expect(inside('strange')).toEqual([]);
});
