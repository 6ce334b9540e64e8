import { portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { scripted } from '../testing/scripted.ts';
import { outputGuardNode } from './output-guard.node.ts';

const schema = { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] };
const german = 'Das ist ein Text, und er ist nicht auf Englisch.';
const run = (text: string, config: object, answers: string[] = [], end = {}) => {
  const { ctx, asked } = scripted(answers, end);
  return { asked, result: runNode(outputGuardNode, { config: { ...config }, inputs: { text }, ctx }) };
};
const outputs = async (text: string, config: object, answers: string[] = []) => (await run(text, config, answers).result).outputs;

test.each<[string, object, string[]]>([
  ['abc', { shortest: 4 }, ['The text has 3 characters, fewer than 4.']],
  ['😀😀', { longest: 2 }, []],
  ['not json', { schema }, ['The text is not JSON.']],
  ['{"sum":"4"}', { schema }, ['At “sum” number was asked for.']],
  [german, { language: 'en' }, ['The text is in German, not in English.']],
  [german, { language: 'de-AT' }, []],
  ['Hallo', { language: 'en' }, []],
  ['Das ist', { language: 'fr', longest: 3 }, ['The text has 7 characters, more than 3.']],
])('%j with %j: %j', async (text, config, problems) => {
  const found = await outputs(text, config);
  expect(found['problems']).toEqual(problems);
  expect(Object.hasOwn(found, 'pass')).toBe(problems.length === 0);
  expect(Object.hasOwn(found, 'fail')).toBe(problems.length > 0);
});

test('with a schema the value leaves as data, fenced or not', async () => {
  expect(portsOf(outputGuardNode, { type: 'output_guard', config: { schema } }).outputs.map(({ id }) => id)).toContain('data');
  expect(await outputs('```json\n{"sum": 4}\n```', { schema })).toMatchObject({ data: { sum: 4 } });
});

test('a model repairs once; what is still wrong fails as it came', async () => {
  const { asked, result } = run('sum is four', { schema, repair: true }, ['{"sum": 4}']);
  expect((await result).outputs).toEqual({ pass: '{"sum": 4}', data: { sum: 4 }, problems: ['The text is not JSON.'] });
  expect(asked[0]).toMatchObject({ schema, messages: [{ role: 'system' }, { role: 'user', content: 'sum is four' }] });
  expect(asked[0]?.messages[0]?.content).toContain('not json');
  expect(await outputs('sum is four', { schema, repair: true }, ['still four'])).toEqual({
    fail: 'sum is four',
    problems: ['The text is not JSON.'],
  });
  await expect(run('long text', { longest: 2, repair: true }, [''], { finishReason: 'content_filter' }).result).rejects.toMatchObject({
    reason: 'answer_filtered',
  });
});

test('what keeps the rules is never sent', async () => {
  const { asked, result } = run('fine', { longest: 10, repair: true });
  expect((await result).outputs).toEqual({ pass: 'fine', problems: [] });
  expect(asked).toHaveLength(0);
});
