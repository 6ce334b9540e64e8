import { expect, test } from 'vitest';
import { describeProblem, type FlowCode, isFlowCode } from './describe.ts';
import type { Problem } from './problem.ts';

const problem = (code: string, params: Problem['params']): Problem => ({ code, severity: 'error', pointer: '', params });

/** What each code brings along, and how it then reads: a new code without a line here is a type error. */
const sentences: Record<FlowCode, [Problem['params'], string]> = {
  not_json: [{ line: 1, column: 2 }, 'This is not valid JSON here.'],
  duplicate_key: [{ key: 'draft' }, 'The key “draft” stands here twice.'],
  forbidden_key: [{ key: '__proto__' }, 'The key “__proto__” is not allowed.'],
  number_too_large: [{ number: '1e999' }, 'The number 1e999 is too large.'],
  too_deep: [{ limit: 100 }, 'The document is nested more than 100 levels deep.'],
  too_large: [{ limit: 10_485_760 }, 'The document is larger than 10,485,760 bytes.'],
  too_many_keys: [{ limit: 200_000 }, 'The document has more than 200,000 fields.'],
  too_many_values: [{ limit: 300_000 }, 'The document holds more than 300,000 values.'],
  key_too_long: [{ limit: 1_000 }, 'A key is longer than 1,000 characters.'],
  not_json_value: [{}, 'This value cannot be written as JSON.'],
  not_a_flow: [{}, 'This is not a Patchbay flow: “format” must be “patchbay/flow”.'],
  bad_version: [{}, 'The version of the document must be a whole number from 1.'],
  newer_version: [
    { version: 2, known: 1 },
    'This flow was written by a newer Patchbay (document version 2; this one reads up to 1). Update Patchbay to open it.',
  ],
  too_many_nodes: [{ count: 3_000, limit: 2_000 }, 'The flow has 3,000 steps; the limit is 2,000.'],
  too_many_edges: [{ count: 11_000, limit: 10_000 }, 'The flow has 11,000 wires; the limit is 10,000.'],
  more_problems: [{ count: 12 }, 'There are 12 more problems.'],
  missing_field: [{ field: 'name' }, 'The field “name” is missing.'],
  unknown_field: [{ field: 'colour' }, 'There is no field “colour” here.'],
  wrong_type: [{ expected: 'boolean' }, 'This must be true or false.'],
  not_an_option: [{ options: 'first, list, text' }, 'This must be one of: first, list, text.'],
  bad_id: [{ text: 'A!' }, '“A!” is not a valid id: small letters, digits and _, beginning with a letter, at most 40.'],
  bad_edge_end: [{ text: 'draft' }, '“draft” is not the end of a wire: it must read step.port.'],
  bad_format: [{ text: 'x' }, '“x” does not have the right form.'],
  too_small: [{ limit: 1 }, 'This must be at least 1.'],
  too_big: [{ limit: 2 }, 'This must be at most 2.'],
  too_short: [{ limit: 1 }, 'This text needs at least 1 characters.'],
  too_long: [{ limit: 200 }, 'This text may have at most 200 characters.'],
  too_few: [{ limit: 1 }, 'This list needs at least 1 entries.'],
  too_many: [{ limit: 5 }, 'This list may have at most 5 entries.'],
  id_taken: [{ id: 'refund' }, 'The name “refund” is taken already.'],
  bad_address: [
    { text: 'ftp://x' },
    '“ftp://x” is not an address to call. Write http:// or https:// and the host out; values may stand only after the host.',
  ],
  bad_value: [{}, 'This value does not fit here.'],
  edge_from_nowhere: [{ node: 'ghost' }, 'A wire comes from “ghost”, but there is no such step.'],
  edge_to_nowhere: [{ node: 'ghost' }, 'A wire goes to “ghost”, but there is no such step.'],
  duplicate_edge: [{ from: 'a.x', to: 'b.y' }, 'The wire from a.x to b.y stands there twice.'],
  cycle: [{ nodes: 'a → b → a' }, 'These steps wait for each other: a → b → a. Remove one of the wires.'],
  parent_missing: [{ parent: 'loop' }, 'This step stands in “loop”, but there is no such step.'],
  parent_cycle: [{ nodes: 'a → b' }, 'These steps stand inside each other: a → b.'],
  edge_leaves_container: [
    { container: 'loop' },
    'A wire leaves “loop” from a step inside it. Values leave only through the outputs of “loop”.',
  ],
  layout_of_nothing: [{ node: 'ghost' }, 'There is a place on the canvas for “ghost”, but no such step.'],
};

test.each(Object.entries(sentences))('%s reads well', (code, [params, english]) => {
  expect(isFlowCode(code)).toBe(true);
  expect(describeProblem(problem(code, params), 'en')).toBe(english);
  const chinese = describeProblem(problem(code, params), 'zh-Hans');
  expect(chinese).toMatch(/\p{Script=Han}/u);
  expect(chinese).toMatch(/。$/);
  expect(chinese).not.toMatch(/\{[a-zA-Z]+\}/);
});
