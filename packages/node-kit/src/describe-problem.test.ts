import { locales, type Problem } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { describeProblem, isKitCode, type KitCode } from './describe-problem.ts';
import { labelParams, typeParams } from './label.ts';

const problem = (code: string, params: Problem['params'] = {}): Problem => ({ code, severity: 'error', pointer: '', params });

/** What each code brings along, and how it then reads: a new code without a line here is a type error. */
const sentences: Record<KitCode, [Problem['params'], string]> = {
  unknown_type: [{ type: 'martian' }, 'The kind of step “martian” is not known here. It stays as it is, but the flow cannot run with it.'],
  newer_node: [{ version: 3, known: 2 }, 'This step was made with a newer version (3; known here: 2). Update Patchbay.'],
  parent_not_container: [{ parent: 'sort' }, 'Steps cannot stand inside “sort”.'],
  end_in_container: [{ container: 'each' }, 'Inputs and outputs of the flow cannot stand inside “each”. Move this step out of it.'],
  nested_too_deep: [{ limit: 20 }, 'Steps may stand inside each other at most 20 deep.'],
  port_is_inside: [
    { port: 'item', container: 'each' },
    '“item” of “each” is for the steps inside it, but the wire goes to or comes from outside.',
  ],
  port_is_outside: [
    { port: 'results', container: 'each' },
    '“results” of “each” is for what stands outside it, but the wire goes to or comes from a step inside.',
  ],
  duplicate_port: [{ port: 'yes' }, 'The name “yes” is used twice in this step.'],
  value_of_no_port: [{ port: 'gone' }, 'There is a value for “gone”, but this step has no such input.'],
  value_does_not_fit: [{ port: 'n', ...typeParams('expected', 'number') }, 'The value of “n” must be: number.'],
  null_for_required: [{ port: 'n' }, '“n” is required, but its value is empty (null): the run would fail here.'],
  fan_in_of_no_port: [{ port: 'gone' }, 'There is a rule for several wires into “gone”, but no such input.'],
  fan_in_does_not_fit: [
    { port: 'n', ...typeParams('expected', 'number') },
    'Several wires into “n” cannot be put together this way: it takes number.',
  ],
  condition_incomplete: [{}, 'This condition has nothing to compare with: fill it in, or choose “is empty” or “is not empty”.'],
  case_empty: [{}, 'This case has no value to be compared with: fill it in, or remove the case.'],
  text_missing: [{}, 'There is nothing here yet: fill it in.'],
  expression_bad: [
    { line: 1, column: 4, problem: 'Unexpected token: EOF' },
    'The expression cannot be used. Line 1, character 4: Unexpected token: EOF',
  ],
  template_bad: [
    { line: 2, column: 1, problem: 'tag "nope" not found' },
    'The template cannot be used. Line 2, character 1: tag "nope" not found',
  ],
  condition_not_a_number: [{ text: 'many' }, '“many” is not a number, and this comparison needs one.'],
  fallback_model_missing: [{}, 'Choose the model to fall back to.'],
  fallback_model_useless: [{}, 'This step calls no model, so it cannot fall back to another one.'],
  fallback_of_no_port: [{ port: 'gone' }, 'There is a fallback value for “gone”, but no such output.'],
  not_a_chip: [
    { text: '{{Bad one}}' },
    '{{Bad one}} looks like a value to insert, but is none and stays text. Insert it from the list, or write \\{{ for braces.',
  ],
  edge_from_no_port: [{ port: 'x', edge: 'a.x → b.y' }, 'A wire comes from “x”, but this step has no such output (a.x → b.y).'],
  edge_to_no_port: [{ port: 'y', edge: 'a.x → b.y' }, 'A wire goes to “y”, but this step has no such input (a.x → b.y).'],
  types_do_not_fit: [
    { port: 'n', ...typeParams('from', 'image'), ...typeParams('to', 'number[]') },
    '“n” takes list of number, but the wire carries image.',
  ],
  needs_fan_in: [{ port: 'n', count: 2 }, '2 wires go into “n”. Choose what happens: first available, list, or join as text.'],
  required_input_missing: [
    labelParams('port', 'prompt', { en: 'Prompt', 'zh-Hans': '提示词' }),
    '“Prompt” is required: wire it, or give it a value.',
  ],
  chip_not_connected: [{ port: 'who' }, 'Nothing is wired to {{who}}: wire it, or mark it as optional with ?.'],
  no_output: [{}, 'The flow has no output: add one, so that it answers something.'],
  leads_nowhere: [{}, 'What this step makes reaches no output.'],
  field_types_differ: [{ field: 'text', first: 'text', second: 'number' }, '“text” stands in two places with two types: text and number.'],
  never_runs: [{ ports: 'a, b' }, 'This step never runs: no route gives a value to all of a, b at once.'],
  output_not_connected: [{ output: 'Reply' }, 'Nothing is wired to the output “Reply”.'],
  result_never_set: [{ result: 'Result of an item' }, 'No turn ever gives a “Result of an item”: no route inside leads to it.'],
  output_never_set: [{ output: 'Reply' }, 'The output “Reply” never has a value: no route leads to it.'],
  output_may_be_empty: [{ output: 'Reply', route: '“Branch” → No' }, 'The output “Reply” is empty on this route: “Branch” → No.'],
  file_not_hidden: [
    { port: 'Audio', mask: 'Mask' },
    'The model is given the file on “Audio” as it is: “Mask” hides personal data in texts only. To hide it, take the text out of the file first and mask that.',
  ],
};

test.each(Object.entries(sentences))('%s reads well', (code, [params, english]) => {
  expect(isKitCode(code)).toBe(true);
  expect(describeProblem(problem(code, params), 'en')).toBe(english);
  const chinese = describeProblem(problem(code, params), 'zh-Hans');
  expect(chinese).toMatch(/\p{Script=Han}/u);
  expect(chinese).toMatch(/。$/);
});

test('codes of the document are said by the same function', () => {
  for (const locale of locales) expect(describeProblem(problem('cycle', { nodes: 'a → a' }), locale)).toContain('a → a');
  expect(isKitCode('cycle')).toBe(false);
  expect(isKitCode('constructor')).toBe(false);
});

test('a value in a sentence is never read as a place for another', () => {
  expect(describeProblem(problem('duplicate_port', { port: '{type}', type: 'no' }), 'en')).toBe(
    'The name “{type}” is used twice in this step.',
  );
});
