import type { GraphCode } from './graph.ts';
import type { ShapeCode } from './issues.ts';
import type { Locale, Problem, Words } from './problem.ts';
import type { ReadCode } from './read.ts';
import { fillWords, wordParams } from './words.ts';

/** Every code this package gives a problem. */
export type FlowCode = ReadCode | GraphCode;

const readingWords: Record<Exclude<ReadCode, ShapeCode>, Words> = {
  not_json: { en: 'This is not valid JSON here.', 'zh-Hans': '此处不是有效的 JSON。' },
  duplicate_key: { en: 'The key “{key}” stands here twice.', 'zh-Hans': '键“{key}”在此重复出现。' },
  forbidden_key: { en: 'The key “{key}” is not allowed.', 'zh-Hans': '不允许使用键“{key}”。' },
  number_too_large: { en: 'The number {number} is too large.', 'zh-Hans': '数字 {number} 过大。' },
  too_deep: { en: 'The document is nested more than {limit} levels deep.', 'zh-Hans': '文档嵌套超过 {limit} 层。' },
  too_large: { en: 'The document is larger than {limit} bytes.', 'zh-Hans': '文档超过 {limit} 字节。' },
  too_many_keys: { en: 'The document has more than {limit} fields.', 'zh-Hans': '文档的字段超过 {limit} 个。' },
  too_many_values: { en: 'The document holds more than {limit} values.', 'zh-Hans': '文档中的值超过 {limit} 个。' },
  key_too_long: { en: 'A key is longer than {limit} characters.', 'zh-Hans': '有键超过 {limit} 个字符。' },
  not_json_value: { en: 'This value cannot be written as JSON.', 'zh-Hans': '此值无法写成 JSON。' },
  not_a_flow: {
    en: 'This is not a Patchbay flow: “format” must be “patchbay/flow”.',
    'zh-Hans': '这不是 Patchbay 流程：“format”必须是“patchbay/flow”。',
  },
  bad_version: { en: 'The version of the document must be a whole number from 1.', 'zh-Hans': '文档版本必须是不小于 1 的整数。' },
  newer_version: {
    en: 'This flow was written by a newer Patchbay (document version {version}; this one reads up to {known}). Update Patchbay to open it.',
    'zh-Hans': '此流程由更新版本的 Patchbay 写成（文档版本 {version}，当前最高支持 {known}）。请升级 Patchbay 后再打开。',
  },
  too_many_nodes: { en: 'The flow has {count} steps; the limit is {limit}.', 'zh-Hans': '流程有 {count} 个步骤，上限为 {limit} 个。' },
  too_many_edges: { en: 'The flow has {count} wires; the limit is {limit}.', 'zh-Hans': '流程有 {count} 条连线，上限为 {limit} 条。' },
  more_problems: { en: 'There are {count} more problems.', 'zh-Hans': '另有 {count} 个问题。' },
};

const shapeWords: Record<ShapeCode, Words> = {
  missing_field: { en: 'The field “{field}” is missing.', 'zh-Hans': '缺少字段“{field}”。' },
  unknown_field: { en: 'There is no field “{field}” here.', 'zh-Hans': '此处没有字段“{field}”。' },
  wrong_type: { en: 'This must be {expected}.', 'zh-Hans': '此处必须是{expected}。' },
  not_an_option: { en: 'This must be one of: {options}.', 'zh-Hans': '此处必须是以下之一：{options}。' },
  bad_id: {
    en: '“{text}{id}” is not a valid id: small letters, digits and _, beginning with a letter, at most 40.',
    'zh-Hans': '“{text}{id}”不是有效的标识：只能用小写字母、数字和 _，以字母开头，最多 40 个字符。',
  },
  bad_edge_end: {
    en: '“{text}” is not the end of a wire: it must read step.port.',
    'zh-Hans': '“{text}”不是有效的连线端点：应写作 步骤.端口。',
  },
  bad_format: { en: '“{text}” does not have the right form.', 'zh-Hans': '“{text}”的格式不正确。' },
  too_small: { en: 'This must be at least {limit}.', 'zh-Hans': '此值不能小于 {limit}。' },
  too_big: { en: 'This must be at most {limit}.', 'zh-Hans': '此值不能大于 {limit}。' },
  too_short: { en: 'This text needs at least {limit} characters.', 'zh-Hans': '此文本至少需要 {limit} 个字符。' },
  too_long: { en: 'This text may have at most {limit} characters.', 'zh-Hans': '此文本最多 {limit} 个字符。' },
  too_few: { en: 'This list needs at least {limit} entries.', 'zh-Hans': '此列表至少需要 {limit} 项。' },
  too_many: { en: 'This list may have at most {limit} entries.', 'zh-Hans': '此列表最多 {limit} 项。' },
  id_taken: { en: 'The name “{id}” is taken already.', 'zh-Hans': '名称“{id}”已被使用。' },
  bad_address: {
    en: '“{text}” is not an address to call. Write http:// or https:// and the host out; values may stand only after the host.',
    'zh-Hans': '“{text}”不是可调用的地址。请写明 http:// 或 https:// 以及主机名；变量只能放在主机名之后。',
  },
  bad_value: { en: 'This value does not fit here.', 'zh-Hans': '此值不适用于此处。' },
};

const graphWords: Record<GraphCode, Words> = {
  edge_from_nowhere: { en: 'A wire comes from “{node}”, but there is no such step.', 'zh-Hans': '有连线来自“{node}”，但没有这个步骤。' },
  edge_to_nowhere: { en: 'A wire goes to “{node}”, but there is no such step.', 'zh-Hans': '有连线通向“{node}”，但没有这个步骤。' },
  duplicate_edge: { en: 'The wire from {from} to {to} stands there twice.', 'zh-Hans': '从 {from} 到 {to} 的连线重复了。' },
  cycle: {
    en: 'These steps wait for each other: {nodes}. Remove one of the wires.',
    'zh-Hans': '这些步骤互相等待：{nodes}。请删除其中一条连线。',
  },
  parent_missing: {
    en: 'This step stands in “{parent}”, but there is no such step.',
    'zh-Hans': '此步骤位于“{parent}”中，但没有这个步骤。',
  },
  parent_cycle: { en: 'These steps stand inside each other: {nodes}.', 'zh-Hans': '这些步骤互相包含：{nodes}。' },
  edge_leaves_container: {
    en: 'A wire leaves “{container}” from a step inside it. Values leave only through the outputs of “{container}”.',
    'zh-Hans': '有连线从“{container}”内部的步骤直接连到外面。值只能通过“{container}”的输出离开。',
  },
  layout_of_nothing: {
    en: 'There is a place on the canvas for “{node}”, but no such step.',
    'zh-Hans': '画布上有“{node}”的位置，但没有这个步骤。',
  },
};

const flowWords: Record<FlowCode, Words> = { ...readingWords, ...shapeWords, ...graphWords };
const anyProblem: Words = { en: 'Something is wrong here ({code}).', 'zh-Hans': '此处有问题（{code}）。' };

/** zod's names of types, for a reader. */
const typeWords: ReadonlyMap<string, Words> = new Map(
  Object.entries({
    string: { en: 'a text', 'zh-Hans': '文本' },
    number: { en: 'a number', 'zh-Hans': '数字' },
    int: { en: 'a whole number', 'zh-Hans': '整数' },
    boolean: { en: 'true or false', 'zh-Hans': 'true 或 false' },
    array: { en: 'a list', 'zh-Hans': '列表' },
    object: { en: 'an object with fields', 'zh-Hans': '带字段的对象' },
    record: { en: 'an object with fields', 'zh-Hans': '带字段的对象' },
  }),
);

export const isFlowCode = (code: string): code is FlowCode => Object.hasOwn(flowWords, code);

/** The sentence of a problem in the reader's language. Codes of other packages read as a general sentence. */
export function describeProblem(problem: Problem, locale: Locale): string {
  const expected = typeWords.get(String(problem.params['expected'] ?? ''));
  const params = expected === undefined ? problem.params : { ...problem.params, ...wordParams('expected', '', expected) };
  if (isFlowCode(problem.code)) return fillWords(flowWords[problem.code], params, locale);
  return fillWords(anyProblem, { code: problem.code }, locale);
}
