import { type FlowDocument, type FlowNode, locales } from '@patchbay/flow';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkFlow } from './check-flow.ts';
import { describeProblem } from './describe-problem.ts';
import { flowOf, sampleCatalogue } from './testing/sample-catalogue.ts';

const check = (flow: FlowDocument) => checkFlow(flow, sampleCatalogue);
const found = (flow: FlowDocument) => check(flow).map(({ code, pointer }) => `${code} ${pointer}`);

/** A sound flow with one more node, whose faults alone are to be found. */
const withNode = (id: string, node: string | Partial<FlowNode>, ...wires: string[]) =>
  flowOf({ input: 'input', output: 'output', [id]: node }, 'input.text > output.result', ...wires);
const errors = (flow: FlowDocument) =>
  check(flow)
    .filter((problem) => problem.severity === 'error')
    .map(({ code, pointer }) => `${code} ${pointer}`);

test('nothing is wrong with a sound flow', () => {
  expect(
    check(flowOf({ input: 'input', model: 'model', output: 'output' }, 'input.text > model.prompt', 'model.text > output.result')),
  ).toEqual([]);
});

test('a flow without output answers nothing', () => {
  expect(found(flowOf({}))).toEqual(['no_output /nodes']);
  expect(found(flowOf({ output: { bypass: true } }))).toEqual(['no_output /nodes']);
});

test('an unknown type is named, and nothing more is claimed about it', () => {
  expect(found(withNode('strange', 'martian', 'input.text > strange.in', 'strange.out > output.result'))).toEqual([
    'unknown_type /nodes/strange/type',
  ]);
  expect(found(withNode('constructor', { type: 'constructor' }))).toEqual(['unknown_type /nodes/constructor/type']);
});

test('a config is judged field by field, with pointers into the document', () => {
  expect(errors(withNode('model', { config: { model: 7, temperature: 9, colour: 'red' } }))).toEqual([
    'wrong_type /nodes/model/config/model',
    'too_big /nodes/model/config/temperature',
    'unknown_field /nodes/model/config/colour',
    'required_input_missing /nodes/model',
  ]);
  expect(errors(withNode('model', { v: 9 }))[0]).toBe('newer_node /nodes/model/v');
});

test('one bad entry of a list does not cost the ports of the others', () => {
  const ways = [{ id: 'BAD' }, { id: 'yes', title: 'Yes' }, { id: 'no', title: 7 }];
  const flow = withNode(
    'branch',
    { config: { ways } },
    'input.text > branch.value',
    'branch.yes > output.result',
    'branch.no > output.result',
  );
  expect(errors(flow)).toEqual([
    'bad_id /nodes/branch/config/ways/0/id',
    'wrong_type /nodes/branch/config/ways/2/title',
    'needs_fan_in /edges/2/to',
  ]);
});

test('named things that are named alike are two ports of one name', () => {
  const ways = [{ id: 'yes' }, { id: 'yes' }];
  expect(errors(withNode('branch', { config: { ways }, values: { value: 1 } }))).toEqual(['duplicate_port /nodes/branch/config']);
});

test('wires to ports that are not there are named by their end', () => {
  const problems = check(withNode('model', 'model', 'input.text > model.prompt', 'input.gone > model.nope'));
  expect(problems).toMatchObject([
    { code: 'edge_from_no_port', pointer: '/edges/2/from', edge: 2, node: 'input', port: 'gone' },
    { code: 'edge_to_no_port', pointer: '/edges/2/to', edge: 2, node: 'model', port: 'nope' },
    { code: 'leads_nowhere', node: 'model' },
  ]);
});

test('types that do not fit are named in words', () => {
  const image = { type: 'input', config: { fields: [{ id: 'picture', type: 'image' }] } };
  const flow = flowOf({ image, sum: 'sum', output: 'output' }, 'image.picture > sum.number', 'sum.total > output.result');
  const [problem] = check(flow);
  expect(problem).toMatchObject({
    code: 'types_do_not_fit',
    pointer: '/edges/0',
    edge: 0,
    node: 'sum',
    port: 'number',
    params: { from: 'image', to: 'number' },
  });
  expect(problem && describeProblem(problem, 'en')).toBe('“number” takes number, but the wire carries image.');
  expect(problem && describeProblem(problem, 'zh-Hans')).toBe('“number”接受数字，但连线传来的是图片。');
});

test('two wires into a port need a rule, which must fit the port', () => {
  const two = ['input.text > model.prompt', 'other.text > model.prompt', 'model.text > output.result'];
  const nodes = (model: Partial<FlowNode>) => flowOf({ input: 'input', other: 'input', model, output: 'output' }, ...two);
  expect(errors(nodes({}))).toEqual(['needs_fan_in /edges/1/to']);
  for (const rule of ['first', 'list', 'text'] as const) expect(errors(nodes({ fanIn: { prompt: rule } }))).toEqual([]);
  expect(found(nodes({ fanIn: { prompt: 'first', gone: 'list' } }))).toEqual(['fan_in_of_no_port /nodes/model/fanIn/gone']);
  const sum = { config: {}, values: { number: 1 }, fanIn: { number: 'text' } } as const;
  expect(errors(withNode('sum', sum))).toEqual(['fan_in_does_not_fit /nodes/sum/fanIn/number']);
  // The port has a rule of its own.
  expect(errors(withNode('sum', { values: { number: 1 } }, 'input.text > sum.list', 'output.x > sum.list'))).toEqual([
    'edge_from_no_port /edges/2/from',
  ]);
});

test('what is required needs a wire, a value or a default', () => {
  expect(check(withNode('model', 'model'))).toMatchObject([
    {
      code: 'required_input_missing',
      node: 'model',
      port: 'prompt',
      params: { port: 'prompt', 'port:en': 'Prompt', 'port:zh-Hans': '提示词' },
    },
    { code: 'leads_nowhere' },
  ]);
  expect(errors(withNode('model', { values: { prompt: 'Hello' } }))).toEqual([]);
  expect(found(withNode('model', { values: { prompt: null } }))).toEqual([
    'null_for_required /nodes/model/values/prompt',
    'leads_nowhere /nodes/model',
  ]);
  expect(errors(withNode('model', { bypass: true }))).toEqual([]);
});

test('a chip needs a wire or a value, unless it is optional', () => {
  expect(errors(withNode('prompt', { config: { template: '{{ticket}} {{note?}} {{ticket.id}}' } }))).toEqual([
    'chip_not_connected /nodes/prompt',
  ]);
  expect(errors(withNode('prompt', { config: { template: '{{ticket}}' }, values: { ticket: null } }))).toEqual([]);
  expect(errors(withNode('prompt', { config: { template: '{{a?}} and {{a}}' } }))).toEqual(['chip_not_connected /nodes/prompt']);
  const [problem] = check(withNode('prompt', { config: { data: { deep: ['{{who}}'] } } }));
  expect(problem && describeProblem(problem, 'en')).toBe('Nothing is wired to {{who}}: wire it, or mark it as optional with ?.');
});

test('what looks like a chip but is none is pointed out', () => {
  const texts = ['{{Bad name}}', '{{#node.text#}}', '{{名字}}', '{{a..b}}'];
  for (const template of texts) {
    expect(found(withNode('prompt', { config: { template } }))).toContain('not_a_chip /nodes/prompt/config/template');
  }
  for (const template of ['\\{{Bad name}}', '{{ {"json": 1} }}', '{ {Bad} }', '{% if %}', '{{}}']) {
    expect(found(withNode('prompt', { config: { template } }))).toEqual(['leads_nowhere /nodes/prompt']);
  }
});

test('literal values must fit their port', () => {
  expect(errors(withNode('sum', { values: { number: 'three', list: ['a'], gone: 1 } }))).toEqual([
    'value_does_not_fit /nodes/sum/values/number',
  ]);
  expect(found(withNode('sum', { values: { number: 3, gone: 1 } }))).toEqual([
    'value_of_no_port /nodes/sum/values/gone',
    'leads_nowhere /nodes/sum',
  ]);
});

test('failure rules name what is there', () => {
  const failing = (onError: FlowNode['onError']) => errors(withNode('model', { values: { prompt: 'x' }, onError }));
  expect(failing({ rule: 'fallback-model' })).toEqual(['fallback_model_missing /nodes/model/onError/model']);
  expect(failing({ rule: 'fallback-model', model: 'demo/auto' })).toEqual([]);
  expect(failing({ rule: 'fallback-value', values: { text: 3 } })).toEqual(['value_does_not_fit /nodes/model/onError/values/text']);
  expect(errors(withNode('sum', { values: { number: 1 }, onError: { rule: 'fallback-model', model: 'demo/auto' } }))).toEqual([
    'fallback_model_useless /nodes/sum/onError/rule',
  ]);
  // The error port exists when the rule asks for it.
  const wired = (onError?: FlowNode['onError']) =>
    errors(withNode('model', { values: { prompt: 'x' }, ...(onError && { onError }) }, 'model.error > other.prompt'));
  expect(wired()).toContain('edge_from_no_port /edges/1/from');
  expect(wired({ rule: 'error-output' })).not.toContain('edge_from_no_port /edges/1/from');
});

test('what reaches no output is a warning, but for notes and for what acts outside', () => {
  expect(found(withNode('prompt', 'prompt'))).toEqual(['leads_nowhere /nodes/prompt']);
  expect(found(withNode('note', 'note'))).toEqual([]);
  expect(found(withNode('send', { config: { url: 'https://example.com' } }))).toEqual([]);
});

test('one name stands for one type', () => {
  const number = { type: 'input', config: { fields: [{ id: 'text', type: 'number' }] } };
  expect(errors(withNode('second', number))).toEqual(['field_types_differ /nodes/second/config/fields/0']);
  expect(errors(withNode('second', 'input'))).toEqual([]);
});

test('steps stand in containers only', () => {
  expect(errors(withNode('prompt', { parent: 'input' }))).toEqual(['parent_not_container /nodes/prompt/parent']);
  const flow = withNode('prompt', { parent: 'loop' });
  flow.nodes['loop'] = { type: 'loop', config: {} };
  expect(errors(flow)).toEqual([]);
});

test('all problems are told at once, each with a sentence in both languages', () => {
  const flow = flowOf(
    {
      input: 'input',
      strange: 'martian',
      model: { config: { temperature: 'hot' } },
      prompt: { config: { template: '{{Bad one}} {{x}}' } },
    },
    'input.text > nowhere.a',
    'model.text > prompt.x',
    'prompt.text > model.prompt',
  );
  const problems = check(flow);
  expect(problems.map((problem) => problem.code)).toEqual([
    'edge_to_nowhere',
    'cycle',
    'unknown_type',
    'wrong_type',
    'not_a_chip',
    'no_output',
  ]);
  for (const locale of locales) {
    for (const problem of problems) {
      expect(describeProblem(problem, locale)).toMatch(/^[^{]+$|\{\{/);
      expect(describeProblem(problem, locale)).not.toContain('undefined');
    }
  }
});

test('no flow of known and unknown nodes makes the check throw', () => {
  const types = [...sampleCatalogue.keys(), 'martian', 'constructor'];
  const node = fc.record({
    type: fc.constantFrom(...types),
    config: fc.constantFrom<FlowNode['config']>({}, { template: '{{a}} {{b?}}' }, { fields: 7 }, { ways: [{}] }),
  });
  const ends = fc.constantFrom('a.text', 'a.yes', 'b.value', 'b.text', 'c.result', 'c.a', 'd.prompt', 'd.number', 'e.x');
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), node), fc.array(fc.record({ from: ends, to: ends })), (nodes, edges) => {
      const problems = check({ ...flowOf({}), nodes, edges });
      for (const problem of problems) expect(describeProblem(problem, 'zh-Hans')).not.toMatch(/此处有问题/);
    }),
    { numRuns: 500 },
  );
});
