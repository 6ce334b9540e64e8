import { defineNode, field, type Json, type ModelRequest, type Outputs, optionalJsonField, StepError, textOf } from '@patchbay/node-kit';
import * as z from 'zod';
import { cacheField, cacheTime, modelField } from '../model-call/fields.ts';
import { linesOf, materialOnly } from '../model-call/system-part.ts';
import { languageName } from '../translate/language-name.ts';
import { describe, type Problem, problemsOf, type Rules } from './problems-of.ts';

const config = z.strictObject({
  schema: optionalJsonField({
    title: { en: 'Must fit this JSON Schema', 'zh-Hans': '须符合此 JSON Schema' },
    help: { en: 'The text must be JSON of this form; it also leaves as data.', 'zh-Hans': '文本须为此结构的 JSON，并同时以数据输出。' },
  }),
  shortest: field.optionalNumber({ title: { en: 'At least this many characters', 'zh-Hans': '最少字符数' }, min: 1, max: 1_000_000 }),
  longest: field.optionalNumber({ title: { en: 'At most this many characters', 'zh-Hans': '最多字符数' }, min: 1, max: 1_000_000 }),
  language: field.language(
    {
      title: { en: 'Must be in', 'zh-Hans': '须使用的语言' },
      help: { en: 'Detect: any language. A short text counts as in the right one.', 'zh-Hans': '自动检测：不限语言。过短的文本视为符合。' },
    },
    'auto',
  ),
  repair: field.toggle(
    {
      title: { en: 'Let a model repair it once', 'zh-Hans': '允许模型修正一次' },
      help: { en: 'What still breaks a rule then goes the way “Fails”.', 'zh-Hans': '修正后仍不符合的文本走“不通过”。' },
    },
    false,
  ),
  model: modelField,
  cache: cacheField,
});
type Config = z.output<typeof config>;

const isRecord = (value: Json | undefined): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const outputGuardNode = defineNode({
  type: 'output_guard',
  version: 1,
  category: 'safety',
  icon: 'badge-check',
  words: {
    title: { en: 'Output guard', 'zh-Hans': '输出校验' },
    summary: {
      en: 'Lets a text pass only if it has the form, the length and the language you ask for.',
      'zh-Hans': '仅放行符合指定结构、长度和语言的文本。',
    },
    synonyms: ['validate', 'schema', 'JSON', 'length', 'check', 'guardrail', '校验', '验证', '护栏', '长度', '格式'],
  },
  config,
  ports: ({ schema }) => ({
    inputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true }],
    outputs: [
      { id: 'pass', title: { en: 'Passes', 'zh-Hans': '通过' }, type: 'text', way: 'one' },
      { id: 'fail', title: { en: 'Fails', 'zh-Hans': '不通过' }, type: 'text', way: 'one' },
      { id: 'problems', title: { en: 'What is wrong', 'zh-Hans': '问题' }, type: 'text[]' },
      ...(isRecord(schema) ? [{ id: 'data', title: { en: 'Data', 'zh-Hans': '数据' }, type: 'data' as const }] : []),
    ],
  }),
  repeatable: true,
  examples: [
    {
      name: { en: 'Too long', 'zh-Hans': '过长' },
      config: { longest: 10 },
      inputs: { text: 'More than ten characters' },
      outputs: { fail: 'More than ten characters', problems: ['The text has 24 characters, more than 10.'] },
    },
    {
      name: { en: 'Data of the right form', 'zh-Hans': '结构正确的数据' },
      config: { schema: { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] } },
      inputs: { text: '{"sum": 4}' },
      outputs: { pass: '{"sum": 4}', data: { sum: 4 }, problems: [] },
    },
  ],
  async run({ config: settings, inputs }, ctx) {
    const text = await textOf(inputs['text']);
    const rules = rulesOf(settings);
    const first = await problemsOf(text, rules);
    const told = first.problems.map((problem) => describe(problem, ctx.locale));
    if (told.length === 0) return passed(text, first.data, told);
    if (!settings.repair) return { fail: text, problems: told };
    const answer = await ctx.models.chat(request(settings, rules, { text, problems: first.problems }));
    if (answer.finishReason === 'content_filter') throw new StepError('content_filtered', 'answer_filtered', {});
    const second = await problemsOf(answer.text, rules);
    return second.problems.length === 0 ? passed(answer.text, second.data, told) : { fail: text, problems: told };
  },
});

const passed = (text: string, data: Json | undefined, problems: string[]): Outputs => ({
  pass: text,
  problems,
  ...(data === undefined ? {} : { data }),
});

const rulesOf = ({ schema, shortest, longest, language }: Config): Rules => ({
  schema: isRecord(schema) ? schema : undefined,
  shortest,
  longest,
  language,
});

function request(
  { model, cache }: Config,
  { schema, shortest, longest, language }: Rules,
  { text, problems }: { text: string; problems: readonly Problem[] },
): ModelRequest {
  const system = linesOf([
    'The text of the user breaks a rule. Give it back with the same meaning, so that it keeps these rules:',
    schema === undefined ? '' : `- It is one JSON value of this schema: ${JSON.stringify(schema)}`,
    shortest === undefined ? '' : `- It has at least ${shortest} characters.`,
    longest === undefined ? '' : `- It has at most ${longest} characters.`,
    language === 'auto' ? '' : `- It is in ${languageName(language)}.`,
    `Broken now: ${[...new Set(problems.map(({ code }) => code.replaceAll('_', ' ')))].join(', ')}. Add no facts. Answer with the text alone.`,
    materialOnly,
  ]);
  return {
    model,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: text },
    ],
    cacheMs: cacheTime(cache),
    task: { kind: 'rewrite', text, tone: 'keep', length: 'keep', fix: false },
    ...(schema === undefined ? {} : { schema }),
  };
}
